package dev.switchboard.whatsapp.account;

import dev.switchboard.connector.RecordChange;
import dev.switchboard.whatsapp.signal.SignalAddress;
import dev.switchboard.whatsapp.signal.SignalUnit;
import dev.switchboard.whatsapp.wire.Jid;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes note of phone numbers and hidden ids that are one person, and renames the Signal sessions
 * that were begun under the number. Durable when a method returns.
 */
public final class AliasBook {
  /** The device beside those of the stored list that a name may come with. */
  private static final int PHONE = 0;

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
      account.commit(changes(pairs.subList(from, Math.min(pairs.size(), from + PAIRS_AT_ONCE))));
    }
  }

  private List<RecordChange> changes(List<Pair> pairs) {
    SignalUnit unit = account.signalUnit();
    List<RecordChange> changes = new ArrayList<>();
    for (Pair pair : pairs) {
      Jid number = pair.one().isPhoneNumber() ? pair.one() : pair.other();
      Jid lid = pair.one().isLid() ? pair.one() : pair.other();
      if (number.isPhoneNumber() && lid.isLid() && !account.aliases().knows(number, lid)) {
        changes.addAll(Aliases.put(number, lid));
        rename(unit, number, lid);
      }
    }
    changes.addAll(SignalRecords.changes(unit.changes()));
    return changes;
  }

  private void rename(SignalUnit unit, Jid number, Jid lid) {
    List<Integer> devices = new ArrayList<>(account.deviceLists().lastKnown(number));
    if (!devices.contains(PHONE)) {
      devices.add(PHONE);
    }
    for (int each : List.of(number.device(), lid.device())) {
      if (!devices.contains(each)) {
        devices.add(each);
      }
    }
    String from = number.withoutDevice().toString();
    String to = lid.withoutDevice().toString();
    devices.forEach(
        device -> unit.move(new SignalAddress(from, device), new SignalAddress(to, device)));
  }
}
