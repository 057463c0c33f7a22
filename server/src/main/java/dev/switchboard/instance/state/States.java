package dev.switchboard.instance.state;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.instance.StateChange;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Stores each transition and each lock; a repeat is no change, so that no event is made of it. */
public final class States {
  private final InstanceStore store;
  private final InstantSource clock;

  public States(InstanceStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Stores that the account is under the lock, or with null under none any more. */
  public void lockReachout(AccountKey account, @Nullable ReachoutLock lock) {
    store.lockReachout(account, lock);
  }

  /** Stores the transition. */
  public void move(AccountKey account, Transition from, Transition next) {
    if (next.repeats(from)) {
      return;
    }
    store.transition(
        new StateChange(
            account,
            from.to(),
            next.to(),
            next.cause(),
            next.detail(),
            next.until(),
            clock.instant()));
  }
}
