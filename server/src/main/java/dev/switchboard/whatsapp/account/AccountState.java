package dev.switchboard.whatsapp.account;

import dev.switchboard.connector.AccountRecords;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.whatsapp.signal.SignalUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A linked account's durable state, as one connection of it sees it; for one thread. */
public final class AccountState {
  private final AccountRecords records;
  private final Aliases aliases;
  private final DeviceLists deviceLists;
  private final SignalRecords signal;
  private Credentials credentials;

  public AccountState(AccountRecords records, Credentials credentials) {
    this.records = records;
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

  /** Makes the changes durable, if there are any. */
  public void commit(List<RecordChange> changes) {
    if (!changes.isEmpty()) {
      records.commit(changes);
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
