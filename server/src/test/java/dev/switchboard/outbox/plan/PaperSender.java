package dev.switchboard.outbox.plan;

import static dev.switchboard.testing.Samples.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.JournalEntry.Accepted;
import dev.switchboard.journal.Positioned;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.SendOptions;
import dev.switchboard.model.pacing.PacingPolicy;
import dev.switchboard.outbox.queue.AccountQueue;
import dev.switchboard.outbox.queue.Ledger;
import dev.switchboard.outbox.queue.OpenMessage;
import dev.switchboard.outbox.sender.SendRules;
import dev.switchboard.pacing.Candidate;
import dev.switchboard.pacing.Decision;
import dev.switchboard.pacing.Familiarity;
import dev.switchboard.pacing.Governor;
import dev.switchboard.pacing.Keystrokes;
import dev.switchboard.testing.InMemoryJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sends a real queue's messages as a sender does, on a clock of its own, over a network that takes
 * everything and no time.
 */
final class PaperSender implements SendRules {
  private static final Duration PATIENCE = Duration.ofDays(1_000);

  final InMemoryJournal journal = new InMemoryJournal();
  private final Ledger ledger;
  private final PacingPolicy policy;
  private final @Nullable ReachoutLock lock;
  private final Map<Peer, Familiarity> familiarities = new HashMap<>();
  private final Map<MessageId, Accepted> open = new HashMap<>();
  private @Nullable Instant lastTyped;
  private Instant now;
  private int names;

  PaperSender(
      PacingPolicy policy, @Nullable ReachoutLock lock, Instant now, RandomGenerator random) {
    this.policy = policy;
    this.lock = lock;
    this.now = now;
    this.ledger = new Ledger(random);
  }

  AccountQueue queue() {
    return ledger.of(ACCOUNT);
  }

  void familiar(Peer person, Familiarity familiarity) {
    familiarities.put(person, familiarity);
  }

  void apply(JournalEntry entry) throws InterruptedException {
    var _ = ledger.apply(new Positioned(journal.append(entry), entry), false);
  }

  /** An attempt of before, of which nothing else is known. */
  void attempted(String id, boolean first, Instant at) throws InterruptedException {
    JournalEntry entry =
        new JournalEntry.Attempted(ACCOUNT, new MessageId(id), 1, first, at, List.of());
    var _ = ledger.apply(new Positioned(journal.append(entry), entry), true);
  }

  MessageId accept(Peer to, MessageContent content, SendOptions options)
      throws InterruptedException {
    MessageId id = new MessageId("message " + ++names);
    Accepted accepted = new Accepted(ACCOUNT, id, to, content, now, options, null, 0);
    open.put(id, accepted);
    assertThat(queue().reserve(Integer.MAX_VALUE)).isTrue();
    apply(accepted);
    return id;
  }

  /** When that one goes; empty: never. */
  Optional<Instant> gone(MessageId awaited) throws InterruptedException {
    Instant end = now.plus(PATIENCE);
    while (open.containsKey(awaited)) {
      assertThat(now).isBefore(end);
      expire();
      switch (queue().next(now.toEpochMilli())) {
        case AccountQueue.Next.Nothing(long until, long _) -> {
          if (until == Long.MAX_VALUE) {
            return Optional.empty();
          }
          now = Instant.ofEpochMilli(until);
        }
        case AccountQueue.Next.Message next -> consider(next);
      }
    }
    return Optional.of(now);
  }

  private void expire() throws InterruptedException {
    for (Accepted one : List.copyOf(open.values())) {
      Instant expiry = one.options().expiresAt();
      if (expiry != null && !expiry.isAfter(now)) {
        apply(
            new JournalEntry.Failed(ACCOUNT, one.id(), new Failure(FailureCause.EXPIRED, ""), now));
        open.remove(one.id());
      }
    }
  }

  private void consider(AccountQueue.Next.Message next) throws InterruptedException {
    OpenMessage message = next.message();
    switch (decide(message)) {
      case Decision.Go _ -> send(message);
      case Decision.Type typing -> {
        lastTyped = now;
        queue().type(message, typing.until().toEpochMilli());
      }
      case Decision.NotBefore wait
          when wait.scope() == Decision.Scope.ACCOUNT && !message.wasTyped() ->
          now = Instant.ofEpochMilli(Math.min(wait.time().toEpochMilli(), next.nextDue()));
      case Decision.NotBefore wait -> queue().hold(message, wait.time().toEpochMilli());
      case Decision.Held _ -> queue().hold(message, Long.MAX_VALUE);
    }
  }

  private Decision decide(OpenMessage message) {
    Familiarity known = queue().familiarity(message);
    if (known == null) {
      known = familiarity(ACCOUNT, accepted(message).to());
      queue().familiarity(message, known);
    }
    Keystrokes keystrokes =
        policy
            .typing()
            .before(message.toBeTyped(), now, message.expiresAt())
            .map(length -> new Keystrokes(length, lastTyped))
            .orElse(null);
    return Governor.decide(
        policy, queue().pacing(now), new Candidate(known, keystrokes), lock, now);
  }

  private void send(OpenMessage message) throws InterruptedException {
    Accepted accepted = accepted(message);
    boolean first = queue().familiarity(message) == Familiarity.NEW;
    assertThat(queue().take(message, now.toEpochMilli())).isTrue();
    apply(new JournalEntry.Attempted(ACCOUNT, accepted.id(), 1, first, now, List.of()));
    apply(new JournalEntry.Sent(ACCOUNT, accepted.id(), accepted.to(), now));
    familiarities.put(accepted.to(), Familiarity.KNOWN);
    open.remove(accepted.id());
  }

  private Accepted accepted(OpenMessage message) {
    return Optional.ofNullable(open.get(message.id())).orElseThrow();
  }

  @Override
  public PacingPolicy pacing(AccountKey account) {
    return policy;
  }

  @Override
  public @Nullable ReachoutLock lock(AccountKey account) {
    return lock;
  }

  @Override
  public Familiarity familiarity(AccountKey account, Peer person) {
    return familiarities.getOrDefault(person, Familiarity.NEW);
  }
}
