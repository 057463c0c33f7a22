package dev.switchboard.sandbox.appstate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.whatsapp.crypto.AesCbc;
import dev.switchboard.whatsapp.crypto.Hmac;
import dev.switchboard.whatsapp.proto.SyncActionData;
import dev.switchboard.whatsapp.proto.SyncdMutation.SyncdOperation;
import dev.switchboard.whatsapp.proto.SyncdPatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class AppStatePatchTest {
  private static final String NAME = "critical_block";
  private static final byte[] KEY = new byte[32];
  private static final byte[] KEY_ID = {0, 1, 0, 0, 0, 1};
  private static final SyncActionData ACTION =
      SyncActionData.newBuilder()
          .setIndex(ByteString.copyFromUtf8("[\"setting_pushName\"]"))
          .setVersion(1)
          .build();

  private final AppStatePatch made =
      AppStatePatch.first(NAME, KEY_ID, KEY, List.of(ACTION), new SecureRandom());

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
            .put(NAME.getBytes(StandardCharsets.US_ASCII))
            .array();
    assertThat(made.patch().getSnapshotMac().toByteArray())
        .isEqualTo(Hmac.sha256(AppStateKeys.expand(KEY).snapshotMac(), made.hash().bytes(), place));
  }

  @Test
  void isBelievedInItsPlaceOnly() {
    assertThat(verify(NAME, made.patch(), 1, KEY).hash().bytes()).isEqualTo(made.hash().bytes());
    assertFlawed(NAME, made.patch(), 2, KEY);
    assertFlawed("regular", made.patch(), 1, KEY);
    byte[] other = KEY.clone();
    other[0] = 1;
    assertFlawed(NAME, made.patch(), 1, other);
  }

  @Test
  void isNotBelievedWithAnythingChanged() {
    assertFlawed(forged(patch -> flip(patch, 0)), "the iv");
    assertFlawed(forged(patch -> flip(patch, -1)), "the value MAC");
    assertFlawed(
        forged(patch -> patch.setSnapshotMac(ByteString.copyFrom(new byte[32]))), "snapshot MAC");
    assertFlawed(
        forged(patch -> patch.setPatchMac(ByteString.copyFrom(new byte[32]))), "patch MAC");
    assertFlawed(
        forged(patch -> patch.getMutationsBuilder(0).setOperation(SyncdOperation.REMOVE)),
        "the operation");
    assertFlawed(
        forged(patch ->
            patch
                .getMutationsBuilder(0)
                .getRecordBuilder()
                .getIndexBuilder()
                .setBlob(ByteString.copyFrom(new byte[32]))),
        "the index MAC");
    assertFlawed(forged(SyncdPatch.Builder::clearMutations), "no mutation");
  }

  @Test
  void isNotBelievedOnTopOfAnotherState() {
    StateHash other = StateHash.empty().plus(new byte[32]);
    PatchCheck check = new PatchCheck(NAME, ByteString.copyFrom(KEY_ID), KEY);
    assertThatThrownBy(() -> check.verify(made.patch(), 1, other, _ -> Optional.empty()))
        .isInstanceOf(PatchFlaw.class);
    assertThatThrownBy(() ->
            check.verify(
                made.patch(),
                1,
                StateHash.empty(),
                _ -> Optional.of(ByteString.copyFrom(new byte[32]))))
        .isInstanceOf(PatchFlaw.class);
  }

  @Test
  void takesAwayFromTheHashWhatItAdded() {
    byte[] mac = new byte[32];
    assertThat(made.hash().plus(mac).minus(mac).bytes()).isEqualTo(made.hash().bytes());
    assertThat(made.hash().plus(mac).bytes()).isNotEqualTo(made.hash().bytes());
  }

  private static AppStatePatch verify(String name, SyncdPatch patch, long version, byte[] key) {
    return new PatchCheck(name, ByteString.copyFrom(KEY_ID), key)
        .verify(patch, version, StateHash.empty(), _ -> Optional.empty());
  }

  private static void assertFlawed(String name, SyncdPatch patch, long version, byte[] key) {
    assertThatThrownBy(() -> verify(name, patch, version, key)).isInstanceOf(PatchFlaw.class);
  }

  private static void assertFlawed(SyncdPatch patch, String what) {
    assertThatThrownBy(() -> verify(NAME, patch, 1, KEY)).as(what).isInstanceOf(PatchFlaw.class);
  }

  private SyncdPatch forged(Consumer<SyncdPatch.Builder> change) {
    SyncdPatch.Builder patch = made.patch().toBuilder();
    change.accept(patch);
    return patch.build();
  }

  private static void flip(SyncdPatch.Builder patch, int at) {
    var value = patch.getMutationsBuilder(0).getRecordBuilder().getValueBuilder();
    byte[] blob = value.getBlob().toByteArray();
    blob[Math.floorMod(at, blob.length)] ^= 1;
    value.setBlob(ByteString.copyFrom(blob));
  }
}
