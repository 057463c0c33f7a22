package dev.switchboard.store.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeySourceTest {
  @TempDir Path directory;

  @Test
  void makesFileForItsOwnerOnly() throws IOException {
    var file = directory.resolve("data/master.key");

    var made = new KeySource.KeyFile(file).load(false);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(new KeySource.KeyFile(file).load(true).base64()).isEqualTo(made.base64());
  }

  @Test
  void refusesToMakeNewKeyForWhatIsEncryptedAlready() {
    var file = directory.resolve("master.key");

    assertThatThrownBy(() -> new KeySource.KeyFile(file).load(true))
        .isInstanceOf(KeyException.class)
        .hasMessageContaining("is missing");
    assertThat(file).doesNotExist();
  }

  @Test
  void refusesFileThatHoldsNoKeyAndKeepsIt() throws IOException {
    var file = Files.writeString(directory.resolve("master.key"), "not a key");

    assertThatThrownBy(() -> new KeySource.KeyFile(file).load(false))
        .isInstanceOf(KeyException.class)
        .hasMessageContaining("base64 of 32 bytes")
        .hasMessageNotContaining("not a key");
    assertThat(file).hasContent("not a key");
  }

  @Test
  void takesGivenKey() {
    var base64 = Base64.getEncoder().encodeToString(new byte[32]);

    assertThat(new KeySource.Given(base64 + "\n").load(true).base64()).isEqualTo(base64);
  }

  @Test
  void refusesGivenKeyOfAnotherLength() {
    var base64 = Base64.getEncoder().encodeToString(new byte[16]);

    assertThatThrownBy(() -> new KeySource.Given(base64).load(false))
        .isInstanceOf(KeyException.class)
        .hasMessageContaining("base64 of 32 bytes");
  }

  @Test
  void hidesGivenKey() {
    assertThat(new KeySource.Given("c2VjcmV0")).hasToString("Given");
  }
}
