package dev.switchboard.outbox;

import dev.switchboard.connector.Connector;
import dev.switchboard.connector.OutboundMessage;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.inbox.Inbox;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.Reason;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.model.message.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one account's messages, one after the other in order of acceptance, on its own virtual
 * thread while the account is connected. A chat whose message failed for now is set aside; its
 * later messages wait behind it, other chats go on.
 */
final class Sender {
  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
  private static final int SET_ASIDE_LIMIT = 1_000;

  /** An engine has an outcome for everything soon after its connection is gone. */
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(10);

  private final AccountKey account;
  private final Connector connector;
  private final OutboxStore store;
  private final Inbox inbox;
  private final SendPolicy policy;
  private final InstantSource clock;
  private final SetAside setAside = new SetAside(SET_ASIDE_LIMIT);
  private final Semaphore wakes = new Semaphore(0);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final CountDownLatch stopAsked = new CountDownLatch(1);
  private volatile boolean stopped;
  private volatile @Nullable Thread thread;

  Sender(
      AccountKey account,
      Connector connector,
      OutboxStore store,
      Inbox inbox,
      SendPolicy policy,
      InstantSource clock) {
    this.account = account;
    this.connector = connector;
    this.store = store;
    this.inbox = inbox;
    this.policy = policy;
    this.clock = clock;
  }

  /** Tells that there may be something to send. */
  void wake() {
    wakes.release();
  }

  /** Ends {@link #runAfter} after the message that is on its way. */
  void stop() {
    stopped = true;
    stopAsked.countDown();
    wake();
  }

  /** Cuts short what it is doing, after it was stopped and took too long. */
  void interrupt() {
    Thread sending = thread;
    if (sending != null) {
      sending.interrupt();
    }
  }

  /** Sends until it is stopped, once the sender before has settled what was on its way. */
  void runAfter(@Nullable Sender earlier) {
    thread = Thread.currentThread();
    try {
      if (earlier != null) {
        earlier.awaitSettled();
      }
      while (!stopped) {
        step();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      thread = null;
      ended.countDown();
    }
  }

  /** Waits for a stopped sender, and cuts it short when its engine has no outcome for too long. */
  void awaitSettled() throws InterruptedException {
    if (!awaitEnd(SETTLE_LIMIT)) {
      LOG.error("{}: a message was on its way for {} after the end", account, SETTLE_LIMIT);
      interrupt();
    }
  }

  /** Waits until {@link #runAfter} has ended. */
  boolean awaitEnd(Duration atMost) throws InterruptedException {
    return ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void step() throws InterruptedException {
    try {
      // One look at the clock: a wait that ended between two looks would be neither passed over
      // nor due, and the sender would sleep until somebody else sends.
      Instant now = clock.instant();
      Optional<OutboxStore.Waiting> next = store.next(account, setAside.waiting(now));
      if (next.isPresent()) {
        send(next.get());
      } else {
        sleepUntilWokenOr(setAside.nextDue(now));
      }
    } catch (GatewayException e) {
      LOG.warn("{}: cannot go on sending for now: {}", account, e.getMessage());
      rest(policy.storageRetryDelay());
    } catch (RuntimeException e) {
      LOG.error("{}: a defect of the gateway held up sending", account, e);
      rest(policy.storageRetryDelay());
    }
  }

  private void send(OutboxStore.Waiting waiting) throws InterruptedException {
    Message message = waiting.message();
    if (waiting.attempts() >= policy.attemptLimit()) {
      fail(message, FailureCause.OUTCOME_UNKNOWN, waiting.attempts() + " attempts");
      return;
    }
    switch (attempt(waiting)) {
      case SendOutcome.Sent sent -> {
        settle(() -> store.sent(account, message.id(), sent.to(), sent.at()));
        setAside.remove(message.chat());
      }
      case SendOutcome.Refused refused -> fail(message, refused.failure());
      case SendOutcome.Retry retry -> retry(waiting, retry);
      case SendOutcome.Unknown unknown -> resend(waiting, unknown.detail());
    }
  }

  /** One bad message must not end the sender: a defect is an outcome like the others. */
  private SendOutcome attempt(OutboxStore.Waiting waiting) throws InterruptedException {
    Message message = waiting.message();
    try {
      return connector.send(
          new OutboundMessage(
              message.id(),
              message.chat(),
              message.content(),
              message.occurredAt(),
              waiting.attempts() + 1));
    } catch (GatewayException e) {
      if (e.reason() == Reason.STORAGE_UNAVAILABLE) {
        throw e;
      }
      return new SendOutcome.Unknown(e.reason().name());
    } catch (RuntimeException e) {
      LOG.error("{}: sending {} met a defect of the gateway", account, message.id(), e);
      return new SendOutcome.Unknown("a defect of the gateway");
    }
  }

  /** It did not leave this time; what was written before may have arrived all the same. */
  private void retry(OutboxStore.Waiting waiting, SendOutcome.Retry outcome)
      throws InterruptedException {
    Message message = waiting.message();
    if (stopped || overtaken(message)) {
      return; // The connection went away, or it had arrived: that is no failure of the message.
    }
    if (policy.retriesExhausted(setAside.failuresOf(message.chat()))) {
      FailureCause cause =
          waiting.attempts() == 0 ? FailureCause.RETRIES_EXHAUSTED : FailureCause.OUTCOME_UNKNOWN;
      fail(message, cause, outcome.detail());
    } else {
      waitWith(message.chat(), outcome.after());
    }
  }

  private void resend(OutboxStore.Waiting waiting, String detail) throws InterruptedException {
    Message message = waiting.message();
    if (stopped || overtaken(message)) {
      return; // The next connection resends it, and the store has counted this attempt.
    }
    int failures = setAside.failuresOf(message.chat());
    if (policy.attemptsExhausted(waiting.attempts() + 1, failures)) {
      fail(message, FailureCause.OUTCOME_UNKNOWN, detail);
    } else {
      waitWith(message.chat(), Duration.ZERO);
    }
  }

  /**
   * Whether the message moved on by itself meanwhile. After a crash its receipt may come while it
   * is being sent again: then there is nothing to send any more, and its chat must not wait for it.
   */
  private boolean overtaken(Message message) {
    return store
        .next(account, setAside.waiting(clock.instant()))
        .map(next -> !next.message().id().equals(message.id()))
        .orElse(true);
  }

  private void waitWith(Peer chat, Duration atLeast) throws InterruptedException {
    Duration planned = policy.delayAfter(setAside.failuresOf(chat));
    Duration wait = planned.compareTo(atLeast) > 0 ? planned : atLeast;
    if (!setAside.add(chat, clock.instant(), wait)) {
      rest(wait);
    }
  }

  private void fail(Message message, FailureCause cause, String detail)
      throws InterruptedException {
    fail(message, new Failure(cause, detail));
  }

  private void fail(Message message, Failure failure) throws InterruptedException {
    settle(() -> store.failed(account, message.id(), failure));
    setAside.remove(message.chat());
  }

  /**
   * Stores an outcome and tells it. While storage is away it is tried again, even when the sender
   * was stopped: forgetting that a message was acknowledged would send it twice.
   */
  private void settle(Supplier<Message> outcome) throws InterruptedException {
    while (true) {
      try {
        inbox.statusChanged(outcome.get());
        return;
      } catch (GatewayException e) {
        if (e.reason() != Reason.STORAGE_UNAVAILABLE) {
          throw e;
        }
        LOG.warn("{}: cannot store an outcome for now: {}", account, e.getMessage());
        Thread.sleep(policy.storageRetryDelay());
      }
    }
  }

  private void sleepUntilWokenOr(Optional<Instant> due) throws InterruptedException {
    if (due.isEmpty()) {
      wakes.acquire();
    } else {
      long millis = Duration.between(clock.instant(), due.get()).toMillis();
      var _ = wakes.tryAcquire(Math.max(1, millis), TimeUnit.MILLISECONDS);
    }
    wakes.drainPermits(); // What is due is looked up anew after this.
  }

  /** Waits, and lets only a stop end that early: news of more messages is no reason to hurry. */
  private void rest(Duration time) throws InterruptedException {
    var _ = stopAsked.await(Math.max(1, time.toMillis()), TimeUnit.MILLISECONDS);
  }
}
