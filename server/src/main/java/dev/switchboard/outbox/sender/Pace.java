package dev.switchboard.outbox.sender;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.pacing.PacingPolicy;
import dev.switchboard.outbox.queue.AccountQueue;
import dev.switchboard.outbox.queue.OpenMessage;
import dev.switchboard.pacing.Candidate;
import dev.switchboard.pacing.Decision;
import dev.switchboard.pacing.Familiarity;
import dev.switchboard.pacing.Governor;
import dev.switchboard.pacing.Keystrokes;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When an account's messages may go: asks {@link Governor}. Belongs to one sender's thread. */
final class Pace {
  private static final Logger LOG = LoggerFactory.getLogger(Pace.class);

  private final AccountKey account;
  private final AccountQueue queue;
  private final SendRules rules;

  /** How often the rules changed; of any thread. */
  private final AtomicInteger changes = new AtomicInteger();

  /** What was asked for last; null: nothing yet. */
  private @Nullable Holding holding;

  /** What holds until there are more changes than these. */
  private record Holding(int changes, PacingPolicy policy, @Nullable ReachoutLock lock) {}

  Pace(AccountKey account, AccountQueue queue, SendRules rules) {
    this.account = account;
    this.queue = queue;
    this.rules = rules;
  }

  /** What callers or the network changed is asked for anew. */
  void changed() {
    changes.incrementAndGet();
  }

  /** How often that was told. */
  int changes() {
    return changes.get();
  }

  /** Whether every message may go at once, whoever it is for. */
  boolean free() {
    Holding now = holding();
    boolean everOpen = now.policy.quietHours().intervals().isEmpty();
    return now.policy.unpaced() && everOpen && now.lock == null;
  }

  /**
   * Whether the message may go now.
   *
   * @param lastBegan when the account last began to type a text, or null
   */
  Decision decide(OpenMessage message, Peer to, @Nullable Instant lastBegan, Instant now) {
    Holding held = holding();
    Keystrokes typing =
        held.policy
            .typing()
            .before(message.toBeTyped(), now, message.expiresAt())
            .map(length -> new Keystrokes(length, lastBegan))
            .orElse(null);
    Candidate candidate = new Candidate(familiarity(message, to), null, typing);
    return Governor.decide(held.policy, queue.pacing(now), candidate, held.lock, now);
  }

  /** Asked once for each chat that waits. What storage cannot say counts as new: that is safe. */
  private Familiarity familiarity(OpenMessage message, Peer to) {
    Familiarity known = queue.familiarity(message);
    if (known != null) {
      return known;
    }
    Optional<Familiarity> asked = ask(to);
    asked.ifPresent(found -> queue.familiarity(message, found));
    return asked.orElse(Familiarity.NEW);
  }

  private Optional<Familiarity> ask(Peer to) {
    try {
      return Optional.of(rules.familiarity(account, to));
    } catch (GatewayException e) {
      LOG.info("{}: a recipient counts as new: {}", account, e.getMessage());
      return Optional.empty();
    }
  }

  private Holding holding() {
    int by = changes.get(); // Before asking: what changes meanwhile is asked for once more.
    Holding known = holding;
    if (known == null || known.changes != by) {
      known = new Holding(by, rules.pacing(account), rules.lock(account));
      holding = known;
    }
    return known;
  }
}
