package dev.switchboard.whatsapp.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.media.MediaHost;
import dev.switchboard.sandbox.media.MediaType;
import dev.switchboard.sandbox.media.Placed;
import dev.switchboard.whatsapp.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Opens what the sandbox sealed with code of its own. */
class MediaCipherTest {
  private static final byte[] CONTENT = "a collection".getBytes(StandardCharsets.UTF_8);

  private final MediaHost host = new MediaHost(new Random(1));
  private final Placed placed =
      host.put(MediaType.APP_STATE, new DeviceAddress("15550001000", 1), CONTENT);
  private final byte[] sealed =
      host.find(placed.path().substring(0, placed.path().indexOf('?'))).orElseThrow().sealed();

  @Test
  void opensWhatIsWhole() {
    assertThat(MediaCipher.open(reference(MediaKind.APP_STATE, placed.hash(), sealed), sealed))
        .isEqualTo(CONTENT);
    assertThat(MediaCipher.open(reference(MediaKind.APP_STATE, ByteString.EMPTY, sealed), sealed))
        .isEqualTo(CONTENT);
  }

  @Test
  void refusesWhatHasAnotherHash() {
    byte[] changed = sealed.clone();
    changed[0] ^= 1;
    assertRefused(reference(MediaKind.APP_STATE, placed.hash(), sealed), changed, "hash");
  }

  @Test
  void refusesAWrongMacUnderTheRightHash() {
    for (int index : new int[] {0, sealed.length - 1}) {
      byte[] changed = sealed.clone();
      changed[index] ^= 1;
      assertRefused(reference(MediaKind.APP_STATE, placed.hash(), changed), changed, "MAC");
    }
  }

  @Test
  void refusesTheKeysOfAnotherKind() {
    assertRefused(reference(MediaKind.HISTORY, placed.hash(), sealed), sealed, "MAC");
  }

  @Test
  void refusesAnotherContentThanPromised() {
    ByteString other = ByteString.copyFrom(new byte[32]);
    assertRefused(reference(MediaKind.APP_STATE, other, sealed), sealed, "hash of the content");
  }

  @Test
  void refusesWhatIsShorterThanItsMac() {
    byte[] nothing = new byte[10];
    assertRefused(reference(MediaKind.APP_STATE, placed.hash(), nothing), nothing, "length");
  }

  private static void assertRefused(MediaReference reference, byte[] bytes, String what) {
    assertThatThrownBy(() -> MediaCipher.open(reference, bytes))
        .isInstanceOfSatisfying(
            MediaException.class, e -> assertThat(e.fault()).isEqualTo(MediaFault.DAMAGED))
        .hasMessage(what);
  }

  private MediaReference reference(MediaKind kind, ByteString hash, byte[] lying) {
    ByteString encryptedHash = ByteString.copyFrom(Sha256.hash(lying));
    return new MediaReference(kind, placed.path(), placed.key(), encryptedHash, hash, 0);
  }
}
