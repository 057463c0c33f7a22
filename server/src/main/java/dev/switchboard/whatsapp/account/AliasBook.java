package dev.switchboard.whatsapp.account;

import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Lid;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.whatsapp.signal.SignalAddress;
import dev.switchboard.whatsapp.signal.SignalRecordKey;
import dev.switchboard.whatsapp.signal.SignalUnit;
import dev.switchboard.whatsapp.wire.Jid;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes note of phone numbers and hidden ids that are one person: renames the Signal sessions that
 * were begun under the number, joins the device lists and tells the gateway, in one durable step.
 *
 * <p>The newest word counts. A number that goes to another hidden id takes nothing along: sessions
 * are with the devices of the person who had it, and those are known by hidden id already.
 */
public final class AliasBook {
  private static final Logger log = LoggerFactory.getLogger(AliasBook.class);

  /** What is learnt in one step: as many people as the gateway takes at once. */
  static final int PAIRS_AT_ONCE = ConnectorHost.MOST_PEOPLE;

  private final AccountState account;

  public AliasBook(AccountState account) {
    this.account = account;
  }

  /** A phone number and a hidden id of one person, in either order, on any device. */
  public record Pair(Jid one, Jid other) {}

  public void learn(Jid one, Jid other) {
    learn(List.of(new Pair(one, other)));
  }

  /** Pairs that are none (two numbers, a group) are passed over. */
  public void learn(List<Pair> pairs) {
    learn(pairs, false);
  }

  /** The same for what was so before the account was linked. */
  public void learnOfHistory(List<Pair> pairs) {
    learn(pairs, true);
  }

  private void learn(List<Pair> pairs, boolean historical) {
    for (int from = 0; from < pairs.size(); from += PAIRS_AT_ONCE) {
      int end = Math.min(pairs.size(), from + PAIRS_AT_ONCE);
      new Lesson().take(pairs.subList(from, end), historical);
    }
  }

  /** What becomes durable in one step. */
  private final class Lesson {
    private final ReadAhead records = new ReadAhead(account.records());
    private final AliasUnit aliases = new AliasUnit(records);
    private final DeviceLists deviceLists = new DeviceLists(records);
    private final SignalUnit unit =
        new SignalUnit(account.credentials().keys().identity(), new SignalRecords(records));
    private final List<RecordChange> lists = new ArrayList<>(0);
    private final List<Peer> people = new ArrayList<>(1);

    void take(List<Pair> pairs, boolean historical) {
      List<Names> names =
          pairs.stream().map(AliasBook.this::names).flatMap(Optional::stream).toList();
      readAhead(names);
      names.forEach(this::learn);
      List<RecordChange> changes = new ArrayList<>(aliases.changes());
      changes.addAll(SignalRecords.changes(unit.changes()));
      changes.addAll(lists);
      account.merged(people, historical, changes);
    }

    /** What {@link #learn} will look at, in few reads instead of some for each pair. */
    private void readAhead(List<Names> names) {
      records.fetch(
          keys(
              names,
              each ->
                  Stream.of(
                      Aliases.ofNumber(each.number().user()), Aliases.ofLid(each.lid().user()))));
      List<Names> unknown = names.stream().filter(each -> !aliases.holds(each)).toList();
      records.fetch(
          keys(
              unknown,
              each -> Stream.of(DeviceLists.key(each.number()), DeviceLists.key(each.lid()))));
      records.fetch(keys(unknown, this::signalKeys));
    }

    private Set<RecordKey> keys(List<Names> names, Function<Names, Stream<RecordKey>> keys) {
      return names.stream().flatMap(keys).collect(Collectors.toSet());
    }

    private Stream<RecordKey> signalKeys(Names names) {
      return devices(names).stream()
          .flatMap(device -> {
            SignalAddress from = names.number(device);
            return Stream.of(
                SignalRecordKey.identity(from),
                SignalRecordKey.session(from),
                SignalRecordKey.identity(names.lid(device)));
          })
          .map(SignalRecords::key);
    }

    private void learn(Names names) {
      Jid number = names.number();
      Jid lid = names.lid();
      switch (aliases.learn(number, lid)) {
        case SAME -> {
          return;
        }
        case NOBODY -> {
          devices(names).forEach(device -> unit.move(names.number(device), names.lid(device)));
          lists.addAll(deviceLists.join(lid, number));
        }
        case ANOTHER -> lists.add(DeviceLists.forget(number));
      }
      people.add(names.person());
    }

    /** The devices that a session may be with. */
    private Set<Integer> devices(Names names) {
      Set<Integer> devices = new LinkedHashSet<>(deviceLists.lastKnown(names.number()));
      devices.addAll(deviceLists.lastKnown(names.lid()));
      devices.addAll(List.of(AccountState.PHONE, names.number().device(), names.lid().device()));
      return devices;
    }
  }

  /** The two names of one person, as they were told. */
  record Names(Jid number, Jid lid, Peer person) {
    SignalAddress number(int device) {
      return new SignalAddress(number.withoutDevice().toString(), device);
    }

    SignalAddress lid(int device) {
      return new SignalAddress(lid.withoutDevice().toString(), device);
    }
  }

  /** Empty for pairs that are none. */
  private Optional<Names> names(Pair pair) {
    Jid number = pair.one().isPhoneNumber() ? pair.one() : pair.other();
    Jid lid = pair.one().isLid() ? pair.one() : pair.other();
    boolean fits = number.isPhoneNumber() && lid.isLid() && !contradictsOwnNames(number, lid);
    return fits
        ? peer(number, lid).map(person -> new Names(number, lid, person))
        : Optional.empty();
  }

  /** The own names come from the login: nobody else may be told to be the account itself. */
  private boolean contradictsOwnNames(Jid number, Jid lid) {
    Credentials own = account.credentials();
    boolean contradicts =
        own.knownLid().isPresent() && own.isOwnAccount(number) != own.isOwnAccount(lid);
    if (contradicts) {
      log.warn("a name that is said to be the account's own, and is not, was passed over");
    }
    return contradicts;
  }

  /** Server accounts have users that are no phone number: nobody can be written to there. */
  private static Optional<Peer> peer(Jid number, Jid lid) {
    try {
      return Optional.of(new Peer(new PhoneNumber(number.user()), new Lid(lid.user())));
    } catch (GatewayException e) {
      return Optional.empty();
    }
  }
}
