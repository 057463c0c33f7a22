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
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When an account's messages may go: asks {@link Governor}. Belongs to one sender's thread. */
final class Pace {
  private static final Logger LOG = LoggerFactory.getLogger(Pace.class);

  /** Longer than a question to storage that is away takes. */
  private static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(15);

  private final AccountKey account;
  private final AccountQueue queue;
  private final SendRules rules;

  /** How often the rules changed; of any thread. */
  private final AtomicInteger changes = new AtomicInteger();

  /** What was asked for last; null: nothing yet. */
  private @Nullable Holding holding;

  /** By how well the account knew the recipient the last decision was made; null: in doubt. */
  private @Nullable Familiarity recipient;

  /** Until then storage is not asked: it was away, and waiting for it holds up everybody. */
  private Instant askAgain = Instant.MIN;

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
    recipient = familiarity(message, to, now);
    Candidate candidate = new Candidate(recipient == null ? Familiarity.NEW : recipient, typing);
    Decision decision = Governor.decide(held.policy, queue.pacing(now), candidate, held.lock, now);
    return recipient == null ? inDoubt(decision, message) : decision;
  }

  /** Whether the last decision is out of date: the rules changed, or the recipient was met. */
  boolean overtaken(int rules, OpenMessage message) {
    return changes() != rules || queue.familiarity(message) != recipient;
  }

  /** Asked once for each chat that waits; null: storage cannot say. */
  private @Nullable Familiarity familiarity(OpenMessage message, Peer to, Instant now) {
    Familiarity known = queue.familiarity(message);
    if (known != null || now.isBefore(askAgain)) {
      return known;
    }
    try {
      return queue.familiarity(message, rules.familiarity(account, to));
    } catch (GatewayException e) {
      LOG.info("{}: a recipient counts as new: {}", account, e.getMessage());
      askAgain = now.plus(ASK_AGAIN_AFTER);
      return null;
    }
  }

  /** Who is written to counts as new, and who is not is asked for again soon. */
  private Decision inDoubt(Decision decision, OpenMessage message) {
    return switch (decision) {
      case Decision.Go go -> {
        queue.familiarity(message, Familiarity.NEW);
        yield go;
      }
      case Decision.Type type -> type;
      case Decision.Held(var limit, var scope) -> new Decision.NotBefore(askAgain, limit, scope);
      case Decision.NotBefore(var time, var limit, var scope) ->
          scope == Decision.Scope.COLD && time.isAfter(askAgain)
              ? new Decision.NotBefore(askAgain, limit, scope)
              : decision;
    };
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
