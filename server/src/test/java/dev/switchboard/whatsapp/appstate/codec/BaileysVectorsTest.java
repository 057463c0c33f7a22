package dev.switchboard.whatsapp.appstate.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.whatsapp.proto.SyncActionValue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Collections that Baileys made, of all five kinds. */
class BaileysVectorsTest {
  private static final int MANY = 1_000;

  static List<BaileysCollection> collections() {
    return BaileysCollection.all();
  }

  @ParameterizedTest
  @MethodSource("collections")
  void readsAndVerifiesEveryPatch(BaileysCollection collection)
      throws InvalidProtocolBufferException {
    Contents contents = new Contents();
    for (BaileysCollection.Step step : collection.steps()) {
      Patch.Result result = contents.take(collection.name(), step.patch(), collection.keys());

      assertThat(result.after().version()).isEqualTo(step.version());
      assertThat(result.after().hash().bytes()).isEqualTo(step.hash());
      Mutation mutation = result.mutations().getFirst();
      assertThat(mutation.removes()).isEqualTo(step.removes());
      assertThat(mutation.data().getIndex().toStringUtf8()).isEqualTo(step.index());
      assertThat(mutation.data().getVersion()).isEqualTo(step.actionVersion());
      assertThat(mutation.data().getValue()).isEqualTo(SyncActionValue.parseFrom(step.value()));
    }
  }

  @ParameterizedTest
  @MethodSource("collections")
  void readsTheSameFromASnapshot(BaileysCollection collection) {
    Contents contents = new Contents();
    collection
        .steps()
        .forEach(step -> contents.take(collection.name(), step.patch(), collection.keys()));

    Snapshot snapshot = Snapshot.of(collection.name(), collection.snapshot(), MANY);
    Position position = snapshot.verify(collection.keys());
    List<Mutation> records = new ArrayList<>();
    snapshot.forEach(collection.keys(), records::add);

    assertThat(position.version()).isEqualTo(contents.position.version());
    assertThat(position.hash()).isEqualTo(contents.position.hash());
    assertThat(records).containsExactlyInAnyOrderElementsOf(contents.records.values());
    assertThat(records).extracting(Mutation::indexMac).doesNotContain(ByteString.EMPTY);
  }
}
