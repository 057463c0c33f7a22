package dev.switchboard.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusedFolderIT {
  @TempDir Path temporary;
  private PostgresDirectory directory;

  @BeforeEach
  void nameFolder() {
    directory = new PostgresDirectory(temporary.resolve("postgres"));
  }

  @Test
  void refusesForeignContent() throws IOException {
    var foreign = write(directory.root().resolve("thesis.txt"), "twenty years of work");

    assertRefused("thesis.txt");

    assertThat(foreign).hasContent("twenty years of work");
    assertThat(directory.cluster()).doesNotExist();
  }

  @Test
  void refusesClusterThatIsNone() throws IOException {
    var foreign = write(directory.cluster().resolve("notes.txt"), "mine");

    assertRefused("is not a PostgreSQL cluster");

    assertThat(foreign).hasContent("mine");
  }

  @Test
  void refusesClusterOfAnotherMajorVersion() throws IOException {
    var version = write(directory.cluster().resolve("PG_VERSION"), "16\n");

    assertRefused("made by PostgreSQL 16");

    assertThat(version).hasContent("16\n");
  }

  @Test
  void refusesClusterWithoutItsPassword() throws IOException {
    Servers.start(directory.root()).close();
    var password = Files.readString(directory.password());
    Files.delete(directory.password());

    assertRefused("has lost its password file");

    Files.writeString(directory.password(), password);
    Servers.start(directory.root()).close();
  }

  @Test
  void refusesFileInPlaceOfFolder() throws IOException {
    write(directory.root(), "a file");

    assertRefused("Cannot create the folder");
  }

  private void assertRefused(String why) {
    assertThatThrownBy(() -> Servers.start(directory.root()))
        .isInstanceOf(PostgresException.class)
        .hasMessageContaining(why);
  }

  private static Path write(Path file, String content) throws IOException {
    Files.createDirectories(Directories.parentOf(file));
    return Files.writeString(file, content);
  }
}
