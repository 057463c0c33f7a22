package dev.switchboard.whatsapp.account;

import dev.switchboard.connector.RecordChange;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Lid;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.whatsapp.signal.SignalAddress;
import dev.switchboard.whatsapp.signal.SignalUnit;
import dev.switchboard.whatsapp.wire.Jid;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  /** What is learnt in one step; below the most people that the gateway takes at once. */
  private static final int PAIRS_AT_ONCE = 200;

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
    for (int from = 0; from < pairs.size(); from += PAIRS_AT_ONCE) {
      new Lesson().take(pairs.subList(from, Math.min(pairs.size(), from + PAIRS_AT_ONCE)));
    }
  }

  /** What becomes durable in one step. */
  private final class Lesson {
    private final AliasUnit aliases = new AliasUnit(account.records());
    private final SignalUnit unit = account.signalUnit();
    private final List<RecordChange> lists = new ArrayList<>(0);
    private final List<Peer> people = new ArrayList<>(1);

    void take(List<Pair> pairs) {
      for (Pair pair : pairs) {
        Jid number = pair.one().isPhoneNumber() ? pair.one() : pair.other();
        Jid lid = pair.one().isLid() ? pair.one() : pair.other();
        if (number.isPhoneNumber() && lid.isLid() && !contradictsOwnNames(number, lid)) {
          peer(number, lid).ifPresent(person -> learn(number, lid, person));
        }
      }
      List<RecordChange> changes = new ArrayList<>(aliases.changes());
      changes.addAll(SignalRecords.changes(unit.changes()));
      changes.addAll(lists);
      account.merged(people, changes);
    }

    private void learn(Jid number, Jid lid, Peer person) {
      switch (aliases.learn(number, lid)) {
        case SAME -> {
          return;
        }
        case NOBODY -> {
          rename(number, lid);
          lists.addAll(account.deviceLists().join(lid, number));
        }
        case ANOTHER -> lists.add(DeviceLists.forget(number));
      }
      people.add(person);
    }

    private void rename(Jid number, Jid lid) {
      String from = number.withoutDevice().toString();
      String to = lid.withoutDevice().toString();
      devices(number, lid)
          .forEach(
              device -> unit.move(new SignalAddress(from, device), new SignalAddress(to, device)));
    }
  }

  /** The devices that a session may be with. */
  private Set<Integer> devices(Jid number, Jid lid) {
    Set<Integer> devices = new LinkedHashSet<>(account.deviceLists().lastKnown(number));
    devices.addAll(account.deviceLists().lastKnown(lid));
    devices.addAll(List.of(AccountState.PHONE, number.device(), lid.device()));
    return devices;
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
