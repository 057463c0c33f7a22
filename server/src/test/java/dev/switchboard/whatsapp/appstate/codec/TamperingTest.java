package dev.switchboard.whatsapp.appstate.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.whatsapp.appstate.codec.AppStateException.Reason;
import dev.switchboard.whatsapp.proto.ExternalBlobReference;
import dev.switchboard.whatsapp.proto.SyncdMutation.SyncdOperation;
import dev.switchboard.whatsapp.proto.SyncdPatch;
import dev.switchboard.whatsapp.proto.SyncdRecord;
import dev.switchboard.whatsapp.proto.SyncdSnapshot;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TamperingTest {
  private static final int MANY = 1_000;
  private static final BaileysCollection GENUINE = BaileysCollection.named("regular_low");

  @Test
  void refusesAPatchWithAnotherPatchMac() {
    assertThat(patch(patch -> patch.setPatchMac(flipped(patch.getPatchMac(), 0))))
        .isEqualTo(Reason.PATCH_MAC);
  }

  @Test
  void refusesAPatchWithAnotherSnapshotMac() {
    // The patch MAC covers it: with that made right, the hash would not fit.
    assertThat(patch(patch -> patch.setSnapshotMac(flipped(patch.getSnapshotMac(), 0))))
        .isEqualTo(Reason.PATCH_MAC);
  }

  @Test
  void refusesAPatchOnTopOfAnotherState() {
    Position other = new Position(0, LtHash.empty());
    other.hash().add(new byte[32]);
    assertThat(reason(() -> apply(GENUINE.steps().getFirst().patch(), other, "regular_low")))
        .isEqualTo(Reason.SNAPSHOT_MAC);
  }

  @Test
  void refusesAPatchOfAnotherCollection() {
    assertThat(
            reason(
                () -> apply(GENUINE.steps().getFirst().patch(), Position.start(), "regular_high")))
        .isEqualTo(Reason.PATCH_MAC);
  }

  @Test
  void refusesAPatchThatDoesNotFollow() {
    assertThat(reason(() -> apply(GENUINE.steps().get(1).patch(), Position.start(), "regular_low")))
        .isEqualTo(Reason.VERSION_GAP);
    assertThat(patch(patch -> patch.getVersionBuilder().setVersion(7)))
        .isEqualTo(Reason.VERSION_GAP);
  }

  @Test
  void refusesAPatchWithAnotherValueMac() {
    assertThat(patch(patch -> value(patch.getMutationsBuilder(0).getRecordBuilder(), -1)))
        .isEqualTo(Reason.PATCH_MAC);
  }

  @Test
  void refusesAChangedValue() {
    assertThat(patch(patch -> value(patch.getMutationsBuilder(0).getRecordBuilder(), 0)))
        .isEqualTo(Reason.VALUE_MAC);
    assertThat(patch(patch -> value(patch.getMutationsBuilder(0).getRecordBuilder(), 20)))
        .isEqualTo(Reason.VALUE_MAC);
  }

  @Test
  void refusesAnotherOperation() {
    assertThat(patch(patch -> patch.getMutationsBuilder(0).setOperation(SyncdOperation.REMOVE)))
        .isEqualTo(Reason.VALUE_MAC);
  }

  @Test
  void refusesAnotherIndexMac() {
    assertThat(patch(patch -> index(patch.getMutationsBuilder(0).getRecordBuilder())))
        .isEqualTo(Reason.INDEX_MAC);
  }

  @Test
  void refusesAPatchWithoutAWholeValue() {
    assertThat(
            patch(patch ->
                patch
                    .getMutationsBuilder(0)
                    .getRecordBuilder()
                    .getValueBuilder()
                    .setBlob(ByteString.copyFrom(new byte[31]))))
        .isEqualTo(Reason.MALFORMED);
    assertThat(patch(SyncdPatch.Builder::clearKeyId)).isEqualTo(Reason.MALFORMED);
  }

  @Test
  void namesTheKeysThatAreMissing() {
    ByteString unknown = ByteString.copyFromUtf8("unknown");
    SyncdPatch.Builder patch = genuine();
    patch.getKeyIdBuilder().setId(unknown);

    AppStateException refused = refusal(() -> apply(patch.build().toByteArray()));

    assertThat(refused.reason()).isEqualTo(Reason.MISSING_KEY);
    assertThat(refused.missingKeys()).containsExactly(unknown);
  }

  @Test
  void saysSoWhenThePatchLiesElsewhere() {
    assertThat(
            patch(patch ->
                patch.setExternalMutations(ExternalBlobReference.newBuilder().setDirectPath("/v"))))
        .isEqualTo(Reason.EXTERNAL_BLOB);
  }

  @Test
  void refusesAChangedSnapshot() {
    assertThat(snapshot(snapshot -> snapshot.setMac(flipped(snapshot.getMac(), 3))))
        .isEqualTo(Reason.SNAPSHOT_MAC);
    assertThat(snapshot(snapshot -> snapshot.getVersionBuilder().setVersion(1)))
        .isEqualTo(Reason.SNAPSHOT_MAC);
    assertThat(snapshot(snapshot -> snapshot.removeRecords(0))).isEqualTo(Reason.SNAPSHOT_MAC);
    assertThat(snapshot(snapshot -> snapshot.addRecords(snapshot.getRecords(0))))
        .isEqualTo(Reason.SNAPSHOT_MAC);
    assertThat(snapshot(snapshot -> value(snapshot.getRecordsBuilder(0), -1)))
        .isEqualTo(Reason.VALUE_MAC);
    assertThat(snapshot(snapshot -> index(snapshot.getRecordsBuilder(0))))
        .isEqualTo(Reason.INDEX_MAC);
    assertThat(
            snapshot(snapshot ->
                snapshot
                    .getRecordsBuilder(1)
                    .getKeyIdBuilder()
                    .setId(ByteString.copyFromUtf8("x"))))
        .isEqualTo(Reason.MISSING_KEY);
  }

  @Test
  void refusesASnapshotOfMoreRecordsThanMayBe() {
    assertThat(reason(() -> Snapshot.of("regular_low", GENUINE.snapshot(), 3).verify(keys())))
        .isEqualTo(Reason.TOO_LARGE);
    assertThat(Snapshot.of("regular_low", GENUINE.snapshot(), 4).verify(keys()).version())
        .isEqualTo(5);
  }

  @Test
  void saysSoWhenTheSnapshotLiesElsewhere() {
    byte[] reference =
        ExternalBlobReference.newBuilder()
            .setMediaKey(ByteString.copyFrom(new byte[32]))
            .setDirectPath("/v/t62.1-24/x.enc?ccb=1")
            .build()
            .toByteArray();
    assertThat(reason(() -> Snapshot.of("regular_low", reference, MANY)))
        .isEqualTo(Reason.EXTERNAL_BLOB);
  }

  private static Reason patch(Consumer<SyncdPatch.Builder> change) {
    SyncdPatch.Builder patch = genuine();
    change.accept(patch);
    return reason(() -> apply(patch.build().toByteArray()));
  }

  private static SyncdPatch.Builder genuine() {
    try {
      return SyncdPatch.parseFrom(GENUINE.steps().getFirst().patch()).toBuilder();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Reason snapshot(Consumer<SyncdSnapshot.Builder> change) {
    try {
      SyncdSnapshot.Builder snapshot = SyncdSnapshot.parseFrom(GENUINE.snapshot()).toBuilder();
      change.accept(snapshot);
      byte[] bytes = snapshot.build().toByteArray();
      return reason(() -> Snapshot.of("regular_low", bytes, MANY).verify(keys()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void apply(byte[] patch) {
    apply(patch, Position.start(), "regular_low");
  }

  private static void apply(byte[] patch, Position before, String collection) {
    Patch.Result _ = Patch.parse(collection, patch).applyTo(before, new Contents(), keys());
  }

  private static SyncKeys keys() {
    return GENUINE.keys();
  }

  private static Reason reason(Runnable step) {
    return refusal(step).reason();
  }

  private static AppStateException refusal(Runnable step) {
    AppStateException refused = catchThrowableOfType(AppStateException.class, step::run);
    assertThat(refused).as("nothing was refused").isNotNull();
    return refused;
  }

  private static void value(SyncdRecord.Builder record, int at) {
    ByteString blob = record.getValue().getBlob();
    record.getValueBuilder().setBlob(flipped(blob, Math.floorMod(at, blob.size())));
  }

  private static void index(SyncdRecord.Builder record) {
    record.getIndexBuilder().setBlob(flipped(record.getIndex().getBlob(), 5));
  }

  private static ByteString flipped(ByteString bytes, int at) {
    byte[] changed = bytes.toByteArray();
    changed[at] ^= 1;
    return ByteString.copyFrom(changed);
  }
}
