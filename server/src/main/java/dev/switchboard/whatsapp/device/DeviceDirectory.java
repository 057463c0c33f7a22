package dev.switchboard.whatsapp.device;

import dev.switchboard.connector.RecordChange;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.AliasBook;
import dev.switchboard.whatsapp.account.DeviceLists;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Knows the devices of people: from the account's records while fresh, else from the server. */
public final class DeviceDirectory {
  private final AccountState account;
  private final Usync usync;
  private final AliasBook aliasBook;
  private final InstantSource clock;
  private final Duration greatestAge;

  public DeviceDirectory(
      AccountState account, StanzaStream stream, InstantSource clock, Duration greatestAge) {
    this.account = account;
    this.usync = new Usync(stream);
    this.aliasBook = new AliasBook(account);
    this.clock = clock;
    this.greatestAge = greatestAge;
  }

  /**
   * The devices of the people, by person; somebody the server does not know has none.
   *
   * @throws dev.switchboard.whatsapp.session.RequestRefused when the server does not tell
   */
  public Map<Jid, List<Jid>> devices(List<Jid> people) throws InterruptedException {
    Map<Jid, List<Jid>> found = new LinkedHashMap<>();
    List<Jid> missing = new ArrayList<>();
    for (Jid person : people) {
      Optional<List<Integer>> stored =
          account.deviceLists().read(person, clock.instant(), greatestAge);
      stored.ifPresentOrElse(
          devices -> found.put(person, jids(person, devices)), () -> missing.add(person));
    }
    if (!missing.isEmpty()) {
      fetch(missing).forEach((person, devices) -> found.put(person, jids(person, devices)));
    }
    return found;
  }

  /** Whether the phone number has an account; asks the server. */
  public boolean exists(Jid phoneNumber) throws InterruptedException {
    return usync.exists(phoneNumber);
  }

  /** Asks the server again when next needed. */
  public void forget(Jid person) {
    List<RecordChange> changes = new ArrayList<>();
    account.aliases().phoneNumberOf(person).map(DeviceLists::forget).ifPresent(changes::add);
    account.aliases().lidOf(person).map(DeviceLists::forget).ifPresent(changes::add);
    account.commit(changes);
  }

  private Map<Jid, List<Integer>> fetch(List<Jid> people) throws InterruptedException {
    Instant now = clock.instant();
    Map<Jid, List<Integer>> fetched = new LinkedHashMap<>();
    List<AliasBook.Pair> pairs = new ArrayList<>();
    for (Node user : usync.devices(people)) {
      Jid person = user.jid("jid").map(Jid::withoutDevice).orElse(null);
      if (person != null && people.contains(person)) {
        alias(user).ifPresent(alias -> pairs.add(new AliasBook.Pair(person, alias)));
        fetched.put(person, DeviceListReader.read(user, phoneIdentity(person, user)));
      }
    }
    // Names first: they decide under which one the sessions of these devices are looked for.
    aliasBook.learn(pairs);
    List<RecordChange> changes = new ArrayList<>();
    fetched.forEach((person, devices) -> {
      if (!devices.isEmpty()) {
        changes.add(DeviceLists.put(person, devices, now));
      }
    });
    account.commit(changes);
    return fetched;
  }

  private Optional<byte[]> phoneIdentity(Jid person, Node user) {
    Jid name = alias(user).filter(Jid::isLid).orElse(person);
    return account.signalUnit().identityOf(account.aliases().address(name.withDevice(0)));
  }

  /** The person's other name: the hidden id of a number, or the number of a hidden id. */
  private static Optional<Jid> alias(Node user) {
    return user.child("lid").flatMap(lid -> lid.jid("val")).or(() -> user.jid("pn_jid"));
  }

  private static List<Jid> jids(Jid person, List<Integer> devices) {
    return devices.stream().map(person::withDevice).toList();
  }
}
