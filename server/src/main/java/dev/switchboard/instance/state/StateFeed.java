package dev.switchboard.instance.state;

import dev.switchboard.inbox.Feed;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.instance.StateChange;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Stores each transition and each lock, then tells it: one change, one event. */
public final class StateFeed {
  private final InstanceStore store;
  private final Feed<InstanceEvent> feed;
  private final InstantSource clock;

  public StateFeed(InstanceStore store, Feed<InstanceEvent> feed, InstantSource clock) {
    this.store = store;
    this.feed = feed;
    this.clock = clock;
  }

  /** Stores and tells that the account is under the lock, or with null under none any more. */
  public void lockReachout(AccountKey account, @Nullable ReachoutLock lock) {
    store.lockReachout(account, lock);
    feed.publish(new InstanceEvent.ReachoutLockChanged(account, lock));
  }

  /** Stores and tells the transition; a repeat is no change and no event. */
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
    store
        .find(account)
        .ifPresent(after -> feed.publish(new InstanceEvent.Changed(after, from.to())));
  }
}
