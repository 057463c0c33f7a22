package dev.switchboard.sandbox.session;

import dev.switchboard.sandbox.account.AccountsFullException;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.network.Network;
import dev.switchboard.sandbox.network.Refusal;
import dev.switchboard.sandbox.network.Refusals;
import dev.switchboard.sandbox.phone.People;
import dev.switchboard.sandbox.record.AccountRecord;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** A phone's camera. */
public final class Scanner {
  private final Network network;
  private final PairingDesk desk;
  private final People people;
  private final Refusals refusals;

  Scanner(Network network, PairingDesk desk, People people) {
    this.network = network;
    this.desk = desk;
    this.people = people;
    this.refusals = network.refusals();
  }

  /** Scans with the phone whose name is the client's push name; without one, with a new phone. */
  public CompletableFuture<LinkOutcome> scan(String text) {
    return scan(text, (change, pushName) -> people.named(change, pushName));
  }

  /** Scans with the phone of that name, which is made if there is none. */
  public CompletableFuture<LinkOutcome> scanAs(String text, String name) {
    return scan(text, (change, _) -> people.named(change, name));
  }

  private CompletableFuture<LinkOutcome> scan(
      String text, BiFunction<Change, String, AccountRecord> phone) {
    Optional<QrText> code = QrText.parse(text);
    if (code.isEmpty()) {
      return CompletableFuture.completedFuture(new LinkOutcome.NotACode());
    }
    Optional<Registration> shown = desk.find(code.get().reference());
    if (shown.isEmpty()) {
      return refused(Refusal.UNKNOWN_QR, new LinkOutcome.UnknownCode());
    }
    Registration registration = shown.get();
    if (!registration.shows(code.get())) {
      return refused(Refusal.QR_KEYS, new LinkOutcome.UnknownCode());
    }
    try {
      return network.change(change -> {
        AccountRecord account = phone.apply(change, registration.pushName());
        return link(change, registration, account, code.get());
      });
    } catch (AccountsFullException e) {
      return CompletableFuture.completedFuture(new LinkOutcome.NetworkFull());
    }
  }

  private CompletableFuture<LinkOutcome> link(
      Change change, Registration registration, AccountRecord account, QrText code) {
    CompletableFuture<LinkOutcome> outcome =
        registration.offer(change, account, code.advertisedSecret());
    if (!(outcome.getNow(null) instanceof LinkOutcome.NoRoom)) {
      desk.withdraw(registration);
    }
    return outcome;
  }

  private CompletableFuture<LinkOutcome> refused(Refusal kind, LinkOutcome outcome) {
    refusals.count(kind);
    return CompletableFuture.completedFuture(outcome);
  }
}
