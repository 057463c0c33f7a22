package dev.switchboard.sandbox.account;

import dev.switchboard.sandbox.record.DeviceRecord;
import dev.switchboard.sandbox.state.StateStore;
import dev.switchboard.sandbox.state.Table;
import java.util.List;
import java.util.Optional;

/** The linked companions. Call under the network's lock. */
public final class Devices {
  private final StateStore store;
  private final int limit;

  public Devices(StateStore store, int limit) {
    this.store = store;
    this.limit = limit;
  }

  public Optional<DeviceRecord> find(DeviceAddress address) {
    return store.devices().find(address.key());
  }

  /** The companions of an account, by id. */
  public List<DeviceRecord> of(String account) {
    return store.devices().startingWith(account + "/", limit).stream()
        .map(Table.Entry::record)
        .toList();
  }

  /** Whether the account may have one more. */
  public boolean hasRoom(String account) {
    return store.devices().count(account + "/", limit) < limit;
  }

  public void put(DeviceAddress address, DeviceRecord device) {
    store.devices().put(address.key(), device);
  }

  /** Forgets the device with its prekeys and whatever waits for it. */
  public void remove(DeviceAddress address) {
    store.devices().remove(address.key());
    store.prekeys().removeStartingWith(address.key() + "/");
    store.queues().removeStartingWith(address.key() + "/");
    store.deliveries().removeStartingWith(address.key() + "/");
  }
}
