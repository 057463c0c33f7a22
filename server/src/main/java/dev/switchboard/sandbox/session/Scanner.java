package dev.switchboard.sandbox.session;

import dev.switchboard.sandbox.account.AccountsFullException;
import dev.switchboard.sandbox.account.DeviceAddress;
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
  public CompletableFuture<ScanOutcome> scan(String text) {
    return scan(text, (change, pushName) -> people.named(change, pushName));
  }

  /** Scans with the phone of that name, which is made if there is none. */
  public CompletableFuture<ScanOutcome> scanAs(String text, String name) {
    return scan(text, (change, _) -> people.named(change, name));
  }

  private CompletableFuture<ScanOutcome> scan(
      String text, BiFunction<Change, String, AccountRecord> phone) {
    Optional<QrText> code = QrText.parse(text);
    if (code.isEmpty()) {
      return CompletableFuture.completedFuture(new ScanOutcome.NotACode());
    }
    Optional<Registration> shown = desk.find(code.get().reference());
    if (shown.isEmpty()) {
      return refused(Refusal.UNKNOWN_QR, new ScanOutcome.UnknownCode());
    }
    Registration registration = shown.get();
    if (!registration.shows(code.get())) {
      return refused(Refusal.QR_KEYS, new ScanOutcome.UnknownCode());
    }
    try {
      return network.change(change -> {
        AccountRecord account = phone.apply(change, registration.pushName());
        return link(change, registration, account, code.get());
      });
    } catch (AccountsFullException e) {
      return CompletableFuture.completedFuture(new ScanOutcome.NetworkFull());
    }
  }

  private CompletableFuture<ScanOutcome> link(
      Change change, Registration registration, AccountRecord account, QrText code) {
    if (!change.state().devices().hasRoom(account.getPhoneNumber())) {
      return CompletableFuture.completedFuture(new ScanOutcome.NoRoom());
    }
    int device = account.getNextDevice();
    // The number is spent even when the client refuses: no device is ever taken for another.
    change.state().accounts().put(account.toBuilder().setNextDevice(device + 1).build());
    desk.withdraw(registration);
    return registration.offer(
        change, account, new DeviceAddress(account.getPhoneNumber(), device), code);
  }

  private CompletableFuture<ScanOutcome> refused(Refusal kind, ScanOutcome outcome) {
    refusals.count(kind);
    return CompletableFuture.completedFuture(outcome);
  }
}
