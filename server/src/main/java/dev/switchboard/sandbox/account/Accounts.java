package dev.switchboard.sandbox.account;

import com.google.protobuf.StringValue;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.sandbox.record.CountersRecord;
import dev.switchboard.sandbox.state.StateStore;
import dev.switchboard.sandbox.state.Table;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Server;
import java.util.List;
import java.util.Optional;

/** The accounts by each of their names. Call under the network's lock. */
public final class Accounts {
  private static final String COUNTERS = "counters";
  // No real telephone has the area code 555.
  private static final long FIRST_PHONE_NUMBER = 15_550_001_000L;
  private static final long FIRST_HIDDEN_USER = 100_000_000_001_000L;

  private final StateStore store;
  private final int limit;

  public Accounts(StateStore store, int limit) {
    this.store = store;
    this.limit = limit;
  }

  public Optional<AccountRecord> find(String phoneNumber) {
    return store.accounts().find(phoneNumber);
  }

  public Optional<AccountRecord> named(String pushName) {
    return store.pushNames().find(pushName).map(StringValue::getValue).flatMap(this::find);
  }

  /** Whose JID it is, in either form. */
  public Optional<AccountRecord> find(Jid jid) {
    if (jid.server() == Server.USER || jid.server() == Server.LEGACY_USER) {
      return find(jid.user());
    }
    if (jid.server() == Server.LID) {
      return store.hiddenUsers().find(jid.user()).map(StringValue::getValue).flatMap(this::find);
    }
    return Optional.empty();
  }

  /** Which device it names, whether or not such a device is linked. */
  public Optional<DeviceAddress> address(Jid jid) {
    return find(jid).map(account -> new DeviceAddress(account.getPhoneNumber(), jid.device()));
  }

  /** The accounts after the phone number, in order. */
  public List<AccountRecord> after(String phoneNumber, int count) {
    return store.accounts().startingAfter(phoneNumber, count).stream()
        .map(Table.Entry::record)
        .toList();
  }

  public int size() {
    return store.accounts().size();
  }

  /** A phone number and a hidden user that nobody has. */
  public FreshNames freshNames() {
    CountersRecord counters =
        store.counters().find(COUNTERS).orElseGet(CountersRecord::getDefaultInstance);
    long number = counters.getAccounts();
    while (find(Long.toString(FIRST_PHONE_NUMBER + number)).isPresent()) {
      number++;
    }
    store.counters().put(COUNTERS, counters.toBuilder().setAccounts(number + 1).build());
    return new FreshNames(
        Long.toString(FIRST_PHONE_NUMBER + number), Long.toString(FIRST_HIDDEN_USER + number));
  }

  /**
   * Adds an account under its three names.
   *
   * @throws AccountsFullException if there are as many as may be
   */
  public void add(AccountRecord account) {
    if (store.accounts().size() >= limit) {
      throw new AccountsFullException(limit);
    }
    StringValue owner = StringValue.of(account.getPhoneNumber());
    store.hiddenUsers().put(account.getLid(), owner);
    store.pushNames().put(account.getPushName(), owner);
    put(account);
  }

  public void put(AccountRecord account) {
    store.accounts().put(account.getPhoneNumber(), account);
  }

  /** Names for a new account. */
  public record FreshNames(String phoneNumber, String hiddenUser) {}
}
