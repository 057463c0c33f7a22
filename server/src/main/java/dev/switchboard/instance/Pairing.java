package dev.switchboard.instance;

import dev.switchboard.instance.account.AccountRunner;
import dev.switchboard.instance.pairing.Feed;
import dev.switchboard.instance.pairing.PairingEvent;
import dev.switchboard.instance.pairing.Subscription;
import dev.switchboard.instance.state.InstanceStore;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.PairingMethod;
import java.util.Optional;

/** Starts the linking of an instance, or lets callers join the one that is under way. */
final class Pairing {
  private final InstanceStore store;
  private final Supervisor supervisor;
  private final Feed<PairingEvent> pairings;

  Pairing(InstanceStore store, Supervisor supervisor, Feed<PairingEvent> pairings) {
    this.store = store;
    this.supervisor = supervisor;
    this.pairings = pairings;
  }

  /** A subscription that begins with the code that is shown now, if any. */
  Subscription<PairingEvent> join(AccountKey key, PairingMethod method)
      throws InterruptedException {
    // Subscribed before the instance is looked at: a pairing that is done in between is told.
    Subscription<PairingEvent> events = pairings.subscribe(event -> event.account().equals(key));
    try {
      return supervisor.inTurn(key, () -> join(key, method, events));
    } catch (RuntimeException | InterruptedException e) {
      events.close();
      throw e;
    }
  }

  private Subscription<PairingEvent> join(
      AccountKey key, PairingMethod method, Subscription<PairingEvent> events)
      throws InterruptedException {
    Instance instance = store.existing(key);
    if (instance.linked()) {
      throw new GatewayException(
          Reason.INSTANCE_ALREADY_LINKED, "the instance is linked; log it out to link it anew");
    }
    supervisor.requireAllowed(instance.network(), instance.route());
    // The end of an earlier linking that was still going on is not the end of this one.
    Optional<AccountRunner> present = supervisor.start(key, method, events::clear);
    present.filter(runner -> !runner.pairsBy(method)).ifPresent(_ -> refuseToMix());
    present.flatMap(AccountRunner::shown).ifPresent(events::prepend);
    return events;
  }

  private static void refuseToMix() {
    throw new GatewayException(
        Reason.PAIRING_UNDER_WAY,
        "the instance is being linked by another method or to another number; stop it first");
  }
}
