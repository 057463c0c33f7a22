package dev.switchboard.sandbox.appstate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.whatsapp.crypto.AesCbc;
import dev.switchboard.whatsapp.crypto.Hmac;
import dev.switchboard.whatsapp.proto.SyncActionData;
import dev.switchboard.whatsapp.proto.SyncdPatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AppStatePatchTest {
  private static final byte[] KEY = new byte[32];
  private static final byte[] KEY_ID = {0, 1, 0, 0, 0, 1};
  private static final SyncActionData ACTION =
      SyncActionData.newBuilder()
          .setIndex(ByteString.copyFromUtf8("[\"setting_pushName\"]"))
          .setVersion(1)
          .build();

  private final AppStatePatch made =
      AppStatePatch.set(
          "critical_block", 1, StateHash.empty(), KEY_ID, KEY, ACTION, new SecureRandom());

  @Test
  void canBeReadWithTheSharedKey() throws InvalidProtocolBufferException {
    byte[] blob = made.patch().getMutations(0).getRecord().getValue().getBlob().toByteArray();
    byte[] plaintext =
        AesCbc.decrypt(
            AppStateKeys.expand(KEY).valueEncryption(),
            Arrays.copyOf(blob, 16),
            Arrays.copyOfRange(blob, 16, blob.length - 32));
    assertThat(SyncActionData.parseFrom(plaintext)).isEqualTo(ACTION);
  }

  @Test
  void signsTheHashOfTheCollection() {
    byte[] place =
        ByteBuffer.allocate(8 + 14)
            .putLong(1)
            .put("critical_block".getBytes(StandardCharsets.US_ASCII))
            .array();
    assertThat(made.patch().getSnapshotMac().toByteArray())
        .isEqualTo(Hmac.sha256(AppStateKeys.expand(KEY).snapshotMac(), made.hash().bytes(), place));
  }

  @Test
  void isAuthenticInItsPlaceOnly() {
    assertThat(AppStatePatch.isAuthentic(made.patch(), "critical_block", 1, KEY)).isTrue();
    assertThat(AppStatePatch.isAuthentic(made.patch(), "critical_block", 2, KEY)).isFalse();
    assertThat(AppStatePatch.isAuthentic(made.patch(), "regular", 1, KEY)).isFalse();
    byte[] other = KEY.clone();
    other[0] = 1;
    assertThat(AppStatePatch.isAuthentic(made.patch(), "critical_block", 1, other)).isFalse();
  }

  @Test
  void isNotAuthenticWhenAValueWasChanged() {
    SyncdPatch.Builder forged = made.patch().toBuilder();
    var value = forged.getMutationsBuilder(0).getRecordBuilder().getValueBuilder();
    byte[] blob = value.getBlob().toByteArray();
    blob[blob.length - 1] ^= 1;
    value.setBlob(ByteString.copyFrom(blob));
    assertThat(AppStatePatch.isAuthentic(forged.build(), "critical_block", 1, KEY)).isFalse();
  }

  @Test
  void takesAwayFromTheHashWhatItAdded() {
    byte[] mac = new byte[32];
    assertThat(made.hash().plus(mac).minus(mac).bytes()).isEqualTo(made.hash().bytes());
    assertThat(made.hash().plus(mac).bytes()).isNotEqualTo(made.hash().bytes());
  }
}
