package dev.switchboard.whatsapp.account;

import dev.switchboard.connector.AccountRecords;
import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.model.Peer;
import dev.switchboard.whatsapp.signal.SignalAddress;
import dev.switchboard.whatsapp.signal.SignalUnit;
import dev.switchboard.whatsapp.wire.Jid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A linked account's durable state, as one connection of it sees it; for one thread. */
public final class AccountState {
  /** The device whose sessions move as soon as a name is learnt. */
  static final int PHONE = 0;

  private final ConnectorHost host;
  private final AccountRecords records;
  private final Aliases aliases;
  private final DeviceLists deviceLists;
  private final SignalRecords signal;
  private Credentials credentials;

  public AccountState(ConnectorHost host, Credentials credentials) {
    this.host = host;
    this.records = host.records();
    this.credentials = credentials;
    this.aliases = new Aliases(records);
    this.deviceLists = new DeviceLists(records);
    this.signal = new SignalRecords(records);
  }

  public Credentials credentials() {
    return credentials;
  }

  public AccountRecords records() {
    return records;
  }

  public Aliases aliases() {
    return aliases;
  }

  public DeviceLists deviceLists() {
    return deviceLists;
  }

  /** The public halves of those one-time prekeys of this device that it still has. */
  public Map<Integer, byte[]> publicPreKeys(Set<Integer> ids) {
    return signal.publicPreKeys(ids);
  }

  /** Begins a unit of work on the account's Signal state. */
  public SignalUnit signalUnit() {
    return new SignalUnit(credentials.keys().identity(), signal);
  }

  /**
   * The name under which the unit finds the session with a device. One that was begun under the
   * number, with a companion that no list told of when the hidden id was learnt, is moved now.
   */
  public SignalAddress address(SignalUnit unit, Jid device) {
    SignalAddress address = aliases.address(device);
    if (device.device() != PHONE) {
      aliases
          .phoneNumberOf(device)
          .map(number -> new SignalAddress(number.toString(), device.device()))
          .filter(unit::hasSession)
          .ifPresent(earlier -> unit.move(earlier, address));
    }
    return address;
  }

  /** Makes the changes durable, if there are any. */
  public void commit(List<RecordChange> changes) {
    if (!changes.isEmpty()) {
      records.commit(changes);
    }
  }

  /** Makes the changes durable together with what the gateway learns of these people by them. */
  void merged(List<Peer> people, boolean historical, List<RecordChange> changes) {
    if (people.isEmpty()) {
      commit(changes);
    } else {
      host.merged(people, historical, changes);
    }
  }

  /** Stores credentials that changed. */
  public void replace(Credentials changed) {
    replace(changed, List.of());
  }

  /** Stores credentials that changed together with what goes with them. */
  public void replace(Credentials changed, List<RecordChange> others) {
    List<RecordChange> changes = new ArrayList<>(others);
    changes.add(CredentialStore.put(changed));
    records.commit(changes);
    credentials = changed;
  }
}
