package dev.switchboard.sandbox.account;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import dev.switchboard.sandbox.state.StateStore;
import dev.switchboard.sandbox.state.Table;
import java.util.List;
import java.util.Optional;

/** The one-time prekeys companions uploaded. Call under the network's lock. */
public final class Prekeys {
  private final StateStore store;
  private final int limit;

  public Prekeys(StateStore store, int limit) {
    this.store = store;
    this.limit = limit;
  }

  public int count(DeviceAddress device) {
    return store.prekeys().count(prefix(device), limit);
  }

  /** Whether so many more fit. */
  public boolean hasRoom(DeviceAddress device, int more) {
    return count(device) + more <= limit;
  }

  public void put(DeviceAddress device, Prekey prekey) {
    store.prekeys().put(key(device, prekey.id()), BytesValue.of(prekey.publicKey()));
  }

  /** Gives the prekey with the least id away: nobody else gets it. */
  public Optional<Prekey> take(DeviceAddress device) {
    Optional<Prekey> first = list(device, 1).stream().findFirst();
    first.ifPresent(prekey -> store.prekeys().remove(key(device, prekey.id())));
    return first;
  }

  public List<Prekey> all(DeviceAddress device) {
    return list(device, limit);
  }

  private List<Prekey> list(DeviceAddress device, int most) {
    int start = prefix(device).length();
    return store.prekeys().startingWith(prefix(device), most).stream()
        .map(entry -> prekey(entry, start))
        .toList();
  }

  private static Prekey prekey(Table.Entry<BytesValue> entry, int start) {
    return new Prekey(
        Integer.parseInt(entry.key().substring(start), 16), entry.record().getValue());
  }

  private static String prefix(DeviceAddress device) {
    return device.key() + "/";
  }

  private static String key(DeviceAddress device, int id) {
    return prefix(device) + "%06x".formatted(id);
  }

  /** The public half of a one-time prekey. */
  public record Prekey(int id, ByteString publicKey) {}
}
