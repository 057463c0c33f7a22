package dev.switchboard.instance.state;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.pacing.PacingPolicy;
import dev.switchboard.outbox.sender.Familiarities;
import dev.switchboard.outbox.sender.SendRules;
import dev.switchboard.pacing.Familiarity;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** What is stored with an instance of how it may send. */
public final class StoredRules implements SendRules {
  private final InstanceStore instances;
  private final Familiarities familiarities;
  private final InstantSource clock;

  public StoredRules(InstanceStore instances, Familiarities familiarities, InstantSource clock) {
    this.instances = instances;
    this.familiarities = familiarities;
    this.clock = clock;
  }

  @Override
  public PacingPolicy pacing(AccountKey account) {
    return instances.existing(account).effectivePacing();
  }

  @Override
  public @Nullable ReachoutLock lock(AccountKey account) {
    ReachoutLock lock = instances.existing(account).reachoutLock();
    return lock != null && lock.holds(clock.instant()) ? lock : null;
  }

  @Override
  public Familiarity familiarity(AccountKey account, Peer person) {
    return familiarities.of(account, person);
  }
}
