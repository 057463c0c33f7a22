package dev.switchboard.whatsapp.retry;

import dev.switchboard.connector.RecordChange;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.device.PreKeyBundles;
import dev.switchboard.whatsapp.device.Sessions;
import dev.switchboard.whatsapp.device.Vouching;
import dev.switchboard.whatsapp.signal.PreKeyBundle;
import dev.switchboard.whatsapp.signal.SignalAddress;
import dev.switchboard.whatsapp.signal.SignalUnit;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The session to send with once more. Keys that the device sent along start a new one, once they
 * are verified; without them the first request is answered on the session there is, and a later one
 * on a new session, though not more often than once in a while.
 */
final class RetrySessions {
  private static final int RENEWAL_FROM_REQUEST = 2;

  private final AccountState account;
  private final Sessions sessions;
  private final Vouching vouching;
  private final InstantSource clock;
  private final SessionRenewals renewals;

  RetrySessions(
      AccountState account,
      Sessions sessions,
      Vouching vouching,
      RetryLimits limits,
      InstantSource clock) {
    this.account = account;
    this.sessions = sessions;
    this.vouching = vouching;
    this.clock = clock;
    this.renewals = new SessionRenewals(account.records(), limits, clock);
  }

  /** What can be encrypted with now, and what else has to become durable with it. */
  record Ready(SignalUnit unit, List<RecordChange> changes) {}

  /** Empty when there are no keys of the device, or none that hold. */
  Optional<Ready> with(RetryReceipt request, SignalAddress device) throws InterruptedException {
    SignalUnit unit = account.signalUnit();
    if (establish(unit, request)) {
      return Optional.of(new Ready(unit, List.of()));
    }
    List<RecordChange> changes = List.of();
    if (isReinstalled(unit, request, device)) {
      unit.remove(device);
    } else if (request.count() >= RENEWAL_FROM_REQUEST && renewals.isDue(device)) {
      unit.remove(device);
      changes = renewals.note(device);
    }
    boolean ready = sessions.with(unit, List.of(request.from())).ready().contains(request.from());
    return ready ? Optional.of(new Ready(unit, changes)) : Optional.empty();
  }

  private boolean establish(SignalUnit unit, RetryReceipt request) throws InterruptedException {
    Optional<PreKeyBundle> bundle = request.bundle().flatMap(PreKeyBundles::read);
    return bundle.isPresent()
        && vouching.holds(
            unit,
            request.from(),
            bundle.get().identity(),
            request.bundle().orElseThrow(),
            clock.instant())
        && sessions.begin(unit, request.from(), bundle.get());
  }

  /** The session is one with an installation that is no more. */
  private static boolean isReinstalled(
      SignalUnit unit, RetryReceipt request, SignalAddress device) {
    OptionalInt known = unit.registrationIdOf(device);
    return known.isPresent()
        && request.registration().isPresent()
        && known.getAsInt() != request.registration().getAsInt();
  }
}
