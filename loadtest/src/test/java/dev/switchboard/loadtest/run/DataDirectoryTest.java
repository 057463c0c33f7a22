package dev.switchboard.loadtest.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DataDirectoryTest {
  @Test
  void leavesNothingBehind() throws IOException {
    Path path = used(false);
    assertThat(path).doesNotExist();
  }

  @Test
  void keepsWhatIsToBeKept() throws IOException {
    Path path = used(true);
    assertThat(path.resolve("server/file")).exists();
    Files.delete(path.resolve("server/file"));
    Files.delete(path.resolve("server"));
    Files.delete(path);
  }

  private static Path used(boolean keep) throws IOException {
    try (var directory = DataDirectory.create(keep)) {
      Path server = Files.createDirectory(directory.path().resolve("server"));
      Files.writeString(server.resolve("file"), "data");
      return directory.path();
    }
  }
}
