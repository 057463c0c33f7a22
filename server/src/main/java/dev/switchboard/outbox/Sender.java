package dev.switchboard.outbox;

import dev.switchboard.connector.Connector;
import dev.switchboard.connector.OutboundMessage;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.inbox.Inbox;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.model.message.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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

  private final AccountKey account;
  private final Connector connector;
  private final OutboxStore store;
  private final Inbox inbox;
  private final SendPolicy policy;
  private final InstantSource clock;
  private final SetAside setAside = new SetAside(SET_ASIDE_LIMIT);
  private final Semaphore wakes = new Semaphore(0);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean stopped;

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

  /** Ends {@link #run} after the message that is on its way. */
  void stop() {
    stopped = true;
    wake();
  }

  /** Sends until it is stopped. */
  void run() {
    try {
      while (!stopped) {
        step();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended.countDown();
    }
  }

  /** Waits until {@link #run} has ended. */
  boolean awaitEnd(Duration atMost) throws InterruptedException {
    return ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void step() throws InterruptedException {
    try {
      List<Peer> passedOver = setAside.waiting(clock.instant());
      Optional<OutboxStore.Waiting> next = store.next(account, passedOver);
      if (next.isPresent()) {
        send(next.get());
      } else {
        sleepUntilWokenOr(setAside.nextDue(clock.instant()));
      }
    } catch (GatewayException e) {
      LOG.warn("{}: cannot go on sending for now: {}", account, e.getMessage());
      pause(policy.storageRetryDelay());
    }
  }

  private void send(OutboxStore.Waiting waiting) throws InterruptedException {
    Message message = waiting.message();
    if (waiting.attempts() >= policy.attemptLimit()) {
      fail(message, FailureCause.OUTCOME_UNKNOWN, waiting.attempts() + " attempts");
      return;
    }
    SendOutcome outcome =
        connector.send(
            new OutboundMessage(
                message.id(),
                message.chat(),
                message.content(),
                message.occurredAt(),
                waiting.attempts() + 1));
    conclude(message, outcome);
  }

  private void conclude(Message message, SendOutcome outcome) throws InterruptedException {
    switch (outcome) {
      case SendOutcome.Sent sent -> {
        setAside.remove(message.chat());
        inbox.statusChanged(store.sent(account, message.id(), sent.to(), sent.at()));
      }
      case SendOutcome.Refused refused ->
          fail(message, refused.failure().cause(), refused.failure().detail());
      case SendOutcome.Retry retry -> retryLater(message, retry.after(), retry.detail());
      case SendOutcome.Unknown unknown -> retryLater(message, Duration.ZERO, unknown.detail());
    }
  }

  private void fail(Message message, FailureCause cause, String detail) {
    setAside.remove(message.chat());
    inbox.statusChanged(store.failed(account, message.id(), new Failure(cause, detail)));
  }

  private void retryLater(Message message, Duration atLeast, String detail)
      throws InterruptedException {
    if (stopped) {
      return; // The connection went away: that is no failure of the message.
    }
    int failures = setAside.failuresOf(message.chat());
    if (failures >= policy.retryDelays().size()) {
      fail(message, FailureCause.RETRIES_EXHAUSTED, detail);
      return;
    }
    Duration planned = policy.retryDelays().get(failures);
    Duration wait = planned.compareTo(atLeast) > 0 ? planned : atLeast;
    if (setAside.full()) {
      pause(wait);
    }
    setAside.add(message.chat(), clock.instant(), wait);
  }

  private void sleepUntilWokenOr(Optional<Instant> due) throws InterruptedException {
    if (due.isEmpty()) {
      wakes.acquire();
    } else {
      pause(Duration.between(clock.instant(), due.get()));
    }
    wakes.drainPermits();
  }

  /** Waits, but ends at once when woken: what is due is looked up anew anyway. */
  private void pause(Duration atMost) throws InterruptedException {
    if (wakes.tryAcquire(Math.max(1, atMost.toMillis()), TimeUnit.MILLISECONDS)) {
      wakes.drainPermits();
    }
  }
}
