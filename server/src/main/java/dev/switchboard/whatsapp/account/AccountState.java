package dev.switchboard.whatsapp.account;

import dev.switchboard.connector.AccountRecords;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.whatsapp.signal.SignalUnit;
import java.util.List;

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
    records.commit(List.of(CredentialStore.put(changed)));
    credentials = changed;
  }
}
