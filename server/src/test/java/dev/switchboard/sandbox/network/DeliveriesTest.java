package dev.switchboard.sandbox.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.state.StateStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveriesTest {
  private static final DeviceAddress BOB = new DeviceAddress("15550002000", 1);
  private static final DeviceAddress ALICE = new DeviceAddress("15550001000", 3);
  private static final DeviceAddress ALICES_PHONE = new DeviceAddress("15550001000", 0);

  private StateStore store;
  private Deliveries deliveries;

  @BeforeEach
  void open(@TempDir Path folder) {
    store = StateStore.open(folder.resolve("network"));
    deliveries = new Deliveries(store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void knowsAMessageOfItsSenderOnItsDeviceAlone() {
    deliveries.note(BOB, "M1", ALICE);

    assertThat(deliveries.holds(BOB, "M1", ALICE)).isTrue();
    assertThat(deliveries.holds(BOB, "M1", ALICES_PHONE)).isFalse();
    assertThat(deliveries.holds(BOB, "M2", ALICE)).isFalse();
    assertThat(deliveries.holds(ALICE, "M1", ALICE)).isFalse();
  }

  @Test
  void forgetsTheOldestWhenThereIsNoRoom() {
    for (int message = 0; message < Deliveries.KEPT; message++) {
      deliveries.note(BOB, "M" + message, ALICE);
      deliveries.note(BOB, "M" + message, ALICE);
    }
    assertThat(deliveries.holds(BOB, "M0", ALICE)).isTrue();
    int records = store.deliveries().size();

    deliveries.note(BOB, "ONE MORE", ALICE);

    assertThat(deliveries.holds(BOB, "M0", ALICE)).isFalse();
    assertThat(deliveries.holds(BOB, "M1", ALICE)).isTrue();
    assertThat(deliveries.holds(BOB, "ONE MORE", ALICE)).isTrue();
    assertThat(store.deliveries().size()).isEqualTo(records);
  }
}
