package dev.switchboard.sandbox.network;

import com.google.protobuf.StringValue;
import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.state.StateStore;
import dev.switchboard.sandbox.state.Table;
import java.util.Optional;

/**
 * Whose messages each companion got, the last of them: it may ask the sender for one of them again.
 * Call under the network's lock.
 */
public final class Deliveries {
  /** How many messages of a companion are remembered. */
  public static final int KEPT = 1_000;

  private final Table<StringValue> table;

  Deliveries(StateStore store) {
    this.table = store.deliveries();
  }

  void note(DeviceAddress device, String id, DeviceAddress sender) {
    if (table.find(message(device, id)).isEmpty()) {
      makeRoom(device, id);
    }
    table.put(message(device, id), StringValue.of(sender.key()));
  }

  /** Whether the device got a message of that id from that sender. */
  public boolean holds(DeviceAddress device, String id, DeviceAddress sender) {
    Optional<StringValue> known = table.find(message(device, id));
    return known.filter(key -> key.getValue().equals(sender.key())).isPresent();
  }

  /** Takes a place in the round, from whatever message had it. */
  private void makeRoom(DeviceAddress device, String id) {
    String counter = device.key() + "/count";
    long count = table.find(counter).map(text -> Long.parseLong(text.getValue())).orElse(0L);
    String place = device.key() + "/place/" + count % KEPT;
    table.find(place).ifPresent(earlier -> table.remove(message(device, earlier.getValue())));
    table.put(place, StringValue.of(id));
    table.put(counter, StringValue.of(Long.toString(count + 1)));
  }

  private static String message(DeviceAddress device, String id) {
    return device.key() + "/message/" + id;
  }
}
