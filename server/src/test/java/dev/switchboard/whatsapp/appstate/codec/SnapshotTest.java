package dev.switchboard.whatsapp.appstate.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.testing.Reachable;
import org.junit.jupiter.api.Test;

class SnapshotTest {
  private static final int MANY = 5_000;
  private static final int FEW = 100;

  @Test
  void handsOutItsRecordsAndHoldsNoneOfThem() {
    byte[] bytes = Written.snapshotOfContacts("regular", 1, MANY);
    SyncKeys keys =
        BaileysCollection.onlyKey(BaileysCollection.keyId(), BaileysCollection.sharedKey());
    Snapshot snapshot = Snapshot.of("regular", bytes, MANY);
    assertThat(snapshot.verify(keys).version()).isEqualTo(1);
    Reachable handedOut = new Reachable();

    snapshot.forEach(
        keys,
        mutation -> {
          handedOut.add(mutation.data());
          if (handedOut.count() % 1_000 == 0) {
            handedOut.awaitAtMost(FEW);
          }
        });

    assertThat(handedOut.count()).isEqualTo(MANY);
  }
}
