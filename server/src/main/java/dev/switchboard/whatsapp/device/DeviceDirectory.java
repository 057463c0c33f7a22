package dev.switchboard.whatsapp.device;

import dev.switchboard.connector.RecordChange;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.AliasBook;
import dev.switchboard.whatsapp.account.DeviceLists;
import dev.switchboard.whatsapp.account.SignalRecords;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.signal.SignalAddress;
import dev.switchboard.whatsapp.signal.SignalUnit;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Knows the devices of people: from the account's records while fresh, else from the server. */
public final class DeviceDirectory {
  static final int PHONE = 0;

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
  public void outdate(Jid person) {
    account.commit(outdated(person));
  }

  /** The changes after which the server is asked again when next needed. */
  List<RecordChange> outdated(Jid person) {
    return names(person)
        .map(name -> account.deviceLists().outdate(name))
        .flatMap(Optional::stream)
        .toList();
  }

  /** The changes after which the person is somebody whose devices nobody asked for yet. */
  List<RecordChange> unknown(Jid person) {
    List<RecordChange> changes = new ArrayList<>(forgotten(person, lastKnown(person)));
    names(person).map(DeviceLists::forget).forEach(changes::add);
    return changes;
  }

  /** The devices the person was last known to have, under either name. */
  Set<Integer> lastKnown(Jid person) {
    return names(person)
        .flatMap(name -> account.deviceLists().lastKnown(name).stream())
        .collect(Collectors.toSet());
  }

  private Stream<Jid> names(Jid person) {
    return Stream.of(account.aliases().phoneNumberOf(person), account.aliases().lidOf(person))
        .flatMap(Optional::stream);
  }

  private Map<Jid, List<Integer>> fetch(List<Jid> people) throws InterruptedException {
    Map<Jid, DeviceListReader.Entry> fetched = new LinkedHashMap<>();
    List<AliasBook.Pair> pairs = new ArrayList<>();
    for (Node user : usync.devices(people)) {
      Jid person = user.jid("jid").map(Jid::withoutDevice).orElse(null);
      if (person != null && people.contains(person)) {
        alias(user).ifPresent(alias -> pairs.add(new AliasBook.Pair(person, alias)));
        long signedAt = account.deviceLists().signedAt(byNumber(person));
        fetched.put(person, DeviceListReader.read(user, phoneIdentity(person, user), signedAt));
      }
    }
    // Names first: they decide under which one the sessions of these devices are looked for.
    aliasBook.learn(pairs);
    List<RecordChange> changes = new ArrayList<>();
    fetched.forEach((person, entry) -> changes.addAll(kept(person, entry)));
    account.commit(changes);
    Map<Jid, List<Integer>> devices = new LinkedHashMap<>();
    fetched.forEach((person, entry) -> devices.put(person, usable(person, entry)));
    return devices;
  }

  /** Instead of a list that the phone did not sign, the last one that it did. */
  private List<Integer> usable(Jid person, DeviceListReader.Entry entry) {
    List<Integer> known =
        entry.doubtful() ? account.deviceLists().lastKnown(person) : entry.devices();
    return known.isEmpty() ? entry.devices() : known;
  }

  /** A list that the phone did not sign is not kept; the next time the server is asked again. */
  private List<RecordChange> kept(Jid person, DeviceListReader.Entry entry) {
    if (entry.devices().isEmpty() || entry.doubtful()) {
      return List.of();
    }
    Set<Integer> gone = new HashSet<>(lastKnown(person));
    gone.removeAll(entry.devices());
    List<RecordChange> changes = new ArrayList<>(forgotten(person, gone));
    changes.add(
        DeviceLists.put(byNumber(person), entry.devices(), entry.signedAt(), clock.instant()));
    return changes;
  }

  /** The changes by which nothing is left of linked devices that are gone. */
  List<RecordChange> forgotten(Jid person, Collection<Integer> devices) {
    SignalUnit unit = account.signalUnit();
    forget(unit, person, devices);
    return SignalRecords.changes(unit.changes());
  }

  /** Leaves nothing of linked devices that are gone, whichever name a session was begun under. */
  void forget(SignalUnit unit, Jid person, Collection<Integer> devices) {
    List<Integer> linked = devices.stream().filter(device -> device != PHONE).toList();
    names(person)
        .flatMap(name -> linked.stream().map(device -> new SignalAddress(name.toString(), device)))
        .forEach(unit::forget);
  }

  /** As sending asks for them from now on. */
  private Jid byNumber(Jid person) {
    return account.aliases().phoneNumberOf(person).orElse(person);
  }

  private Optional<byte[]> phoneIdentity(Jid person, Node user) {
    Jid name = alias(user).filter(Jid::isLid).orElse(person);
    return account.signalUnit().identityOf(account.aliases().address(name.withDevice(PHONE)));
  }

  /** The person's other name: the hidden id of a number, or the number of a hidden id. */
  private static Optional<Jid> alias(Node user) {
    return user.child("lid").flatMap(lid -> lid.jid("val")).or(() -> user.jid("pn_jid"));
  }

  private static List<Jid> jids(Jid person, List<Integer> devices) {
    return devices.stream().map(person::withDevice).toList();
  }
}
