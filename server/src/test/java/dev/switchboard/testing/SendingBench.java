package dev.switchboard.testing;

import dev.switchboard.journal.JournalEntry.Accepted;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.Reason;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.SendOptions;
import dev.switchboard.model.pacing.PacingPolicy;
import dev.switchboard.outbox.Backlog;
import dev.switchboard.outbox.OutboxLimits;
import dev.switchboard.outbox.assembly.Sending;
import dev.switchboard.outbox.assembly.SendingConfig;
import dev.switchboard.outbox.carry.CarryPolicy;
import dev.switchboard.outbox.queue.AccountQueue;
import dev.switchboard.outbox.queue.QueueView;
import dev.switchboard.outbox.sender.SendPolicy;
import dev.switchboard.outbox.sender.SendRules;
import dev.switchboard.pacing.Familiarity;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** All of sending over a journal in memory, with storage that is never behind. */
public final class SendingBench implements AutoCloseable, SendRules {
  public static final SendPolicy POLICY =
      new SendPolicy(
          List.of(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(30)),
          3,
          1,
          Duration.ofMillis(5));
  public static final OutboxLimits LIMITS = new OutboxLimits(1_000, 10_000, 1_000, 100);
  private static final CarryPolicy CARRY =
      new CarryPolicy(1, Duration.ofHours(1), Duration.ofSeconds(5));

  public final InMemoryJournal journal;
  public final InMemoryMessages messages;
  public final Sending sending;
  private final InstantSource clock;
  private final Map<Peer, Familiarity> familiarities = new ConcurrentHashMap<>();
  private volatile PacingPolicy pacing = PacingPolicy.NONE;
  private volatile @Nullable ReachoutLock lock;

  /** What happens once while a sender asks, when the answer is made. */
  private final AtomicReference<Runnable> lockAsked = new AtomicReference<>(() -> {});

  private final AtomicReference<Runnable> familiarityAsked = new AtomicReference<>(() -> {});
  private final AtomicInteger familiarityQuestions = new AtomicInteger();
  private volatile boolean familiarityAway;

  public SendingBench(InstantSource clock) {
    this(clock, POLICY, LIMITS);
  }

  public SendingBench(InstantSource clock, SendPolicy policy, OutboxLimits limits) {
    this(clock, policy, limits, new InMemoryJournal(), new InMemoryMessages());
  }

  public SendingBench(
      InstantSource clock,
      SendPolicy policy,
      OutboxLimits limits,
      InMemoryJournal journal,
      InMemoryMessages messages) {
    this.journal = journal;
    this.messages = messages;
    this.clock = clock;
    try {
      this.sending =
          new Sending(
              new SendingConfig(policy, limits, CARRY),
              journal,
              new Sending.Stored(
                  new NeverBehind(),
                  journal::end,
                  journal::append,
                  List.of(messages),
                  messages,
                  (_, _, _) -> {},
                  this),
              clock,
              new SecureRandom());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class NeverBehind implements Backlog {
    @Override
    public void admit() {}

    @Override
    public void awaitStored(long position) {}
  }

  /** The same after a restart. */
  public SendingBench restart() throws InterruptedException {
    sending.drain(Duration.ofMillis(200));
    sending.close();
    SendingBench after =
        new SendingBench(clock, POLICY, LIMITS, journal.reopen(), new InMemoryMessages());
    after.pacing = pacing;
    after.lock = lock;
    after.familiarities.putAll(familiarities);
    return after;
  }

  /** Appends a text under an id of the test's. */
  public void accept(String id, Peer to) throws InterruptedException {
    accept(id, to, SendOptions.DEFAULT);
  }

  public void accept(String id, Peer to, SendOptions options) throws InterruptedException {
    sending.ledger().of(Samples.ACCOUNT).reserve(Integer.MAX_VALUE);
    journal.append(
        new Accepted(
            Samples.ACCOUNT,
            new MessageId(id),
            to,
            MessageContent.Text.outbound("text " + id),
            clock.instant(),
            options,
            null,
            0));
  }

  public AccountQueue queue() {
    return sending.ledger().of(Samples.ACCOUNT);
  }

  public Message message(String id) {
    return found(id).orElseThrow();
  }

  /** The message as readers see it; the queue may know it before. */
  public Optional<Message> found(String id) {
    return messages.find(Samples.ACCOUNT, new MessageId(id));
  }

  /** How many messages are in the sender's hands. */
  public int onTheirWay() {
    return QueueView.count(queue()).sending();
  }

  public void policy(PacingPolicy policy) {
    pacing = policy;
    sending.senders().rulesChanged(Samples.ACCOUNT);
  }

  public void lock(@Nullable ReachoutLock other) {
    lock = other;
    sending.senders().rulesChanged(Samples.ACCOUNT);
  }

  public void onceLockIsAsked(Runnable happening) {
    lockAsked.set(happening);
  }

  public void onceFamiliarityIsAsked(Runnable happening) {
    familiarityAsked.set(happening);
  }

  /** How often anybody asked how well somebody is known. */
  public int familiarityQuestions() {
    return familiarityQuestions.get();
  }

  public void familiar(Peer person, Familiarity familiarity) {
    familiarities.put(person, familiarity);
  }

  /** Whether storage cannot say how well the account knows anybody. */
  public void storageAway(boolean is) {
    familiarityAway = is;
  }

  @Override
  public PacingPolicy pacing(AccountKey account) {
    return pacing;
  }

  @Override
  public @Nullable ReachoutLock lock(AccountKey account) {
    ReachoutLock now = lock;
    lockAsked.getAndSet(() -> {}).run();
    return now != null && now.holds(clock.instant()) ? now : null;
  }

  @Override
  public Familiarity familiarity(AccountKey account, Peer person) {
    Familiarity stored = familiarities.getOrDefault(person, Familiarity.NEW);
    familiarityAsked.getAndSet(() -> {}).run();
    var _ = familiarityQuestions.incrementAndGet();
    if (familiarityAway) {
      throw new GatewayException(Reason.STORAGE_UNAVAILABLE, "for a test");
    }
    return stored;
  }

  @Override
  public void close() {
    try {
      sending.drain(Duration.ofMillis(200));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sending.close();
    journal.close();
  }
}
