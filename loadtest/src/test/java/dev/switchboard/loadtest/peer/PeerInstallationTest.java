package dev.switchboard.loadtest.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerInstallationTest {
  private static final Path SOURCE = Path.of("peers");

  @TempDir private Path folder;

  @Test
  void saysWhatToDoWithoutSources() {
    assertThatThrownBy(() -> PeerInstallation.into(folder.resolve("target"), folder))
        .isInstanceOf(PeerInstallation.Missing.class)
        .hasMessageContaining("--peers");
    assertThat(folder.resolve("target")).doesNotExist();
  }

  @Test
  void readsTheFirstNumberOfAVersion() {
    assertThat(PeerInstallation.major("v20.20.2\n")).isEqualTo(20);
    assertThat(PeerInstallation.major("node is not there")).isZero();
  }

  @Test
  void installsTheVersionThatIsCompared() throws IOException {
    assertThat(Files.readString(SOURCE.resolve("package.json")))
        .contains("\"@whiskeysockets/baileys\": \"7.0.0-rc14\"");
  }

  @Test
  void namesNoRegistryInTheLock() throws IOException {
    try (Stream<String> lines = Files.lines(SOURCE.resolve("package-lock.json"))) {
      assertThat(lines).noneMatch(line -> line.contains("\"resolved\""));
    }
  }
}
