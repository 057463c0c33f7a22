package dev.switchboard.outbox.sender;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.pacing.PacingPolicy;
import dev.switchboard.pacing.Familiarity;
import org.jspecify.annotations.Nullable;

/**
 * What senders ask before they send. Every method may wait for storage, and throws
 * STORAGE_UNAVAILABLE when it is away.
 */
public interface SendRules {
  PacingPolicy pacing(AccountKey account);

  /** The account's reach-out lock, or null; one that has ended counts as none. */
  @Nullable ReachoutLock lock(AccountKey account);

  /** How well the account knows the person. */
  Familiarity familiarity(AccountKey account, Peer person);
}
