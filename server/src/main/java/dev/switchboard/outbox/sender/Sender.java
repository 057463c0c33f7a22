package dev.switchboard.outbox.sender;

import dev.switchboard.connector.Connector;
import dev.switchboard.connector.capability.TypingIndicator;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.JournalEntry.Accepted;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.outbox.queue.AccountQueue;
import dev.switchboard.outbox.queue.OpenMessage;
import dev.switchboard.pacing.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one account's messages while it is connected, on its own virtual thread; every message
 * flies on one of its own, since it waits for the network.
 */
final class Sender {
  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
  private static final long LONG_MILLIS = TimeUnit.HOURS.toMillis(1);

  /** An engine has an outcome for everything soon after its connection is gone. */
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(10);

  private final AccountQueue queue;
  private final Connector connector;
  private final SenderParts parts;
  private final Pace pace;
  private final TypingIndicator indicator;
  private final Semaphore nudges = new Semaphore(0);
  private final Flights flights;
  private final CountDownLatch ended = new CountDownLatch(1);

  /** When a text last began to be typed; null: none yet. */
  private @Nullable Instant lastTyped;

  private volatile boolean stopped;
  private volatile @Nullable Thread thread;

  Sender(AccountQueue queue, Connector connector, SenderParts parts) {
    this.queue = queue;
    this.connector = connector;
    this.parts = parts;
    this.flights = new Flights(parts.policy().inFlight(), nudges::release);
    this.indicator = connector instanceof TypingIndicator able ? able : (_, _) -> {};
    this.pace = new Pace(queue.account(), queue, parts.rules());
  }

  /** Ends {@link #runAfter} after the messages that are on their way. */
  void stop() {
    stopped = true;
    lookAgain();
  }

  /** What the sender waits for may have come earlier than it thought. */
  void lookAgain() {
    nudges.release();
    queue.wake();
  }

  /** Pacing's policy or the reach-out lock changed. */
  void rulesChanged() {
    pace.changed();
    queue.letGo();
    lookAgain();
  }

  /** Cuts short what it is doing, after it was stopped and took too long. */
  void interrupt() {
    Thread sending = thread;
    if (sending != null) {
      sending.interrupt();
    }
    flights.interrupt();
  }

  /** Sends until it is stopped, once the sender before has settled what was on its way. */
  void runAfter(@Nullable Sender earlier) {
    thread = Thread.currentThread();
    try {
      if (earlier != null) {
        earlier.awaitSettled();
      }
      queue.letGo(); // What was held was held by rules that may have changed since.
      while (!stopped) {
        step();
      }
      flights.awaitNone();
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
      LOG.error("{}: a message was on its way for {} after the end", account(), SETTLE_LIMIT);
      interrupt();
    }
  }

  /** Waits until {@link #runAfter} has ended. */
  boolean awaitEnd(Duration atMost) throws InterruptedException {
    return ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void step() throws InterruptedException {
    nudges.drainPermits(); // All that is known by now is looked at below.
    try {
      // One look at the clock: a wait that ended between two looks would be neither over nor due.
      Instant now = parts.clock().instant();
      switch (queue.next(now.toEpochMilli())) {
        case AccountQueue.Next.Nothing(long until, long seen) -> awaitNews(seen, until, now);
        case AccountQueue.Next.Message next -> consider(next, now);
      }
    } catch (GatewayException e) {
      LOG.warn("{}: cannot go on sending for now: {}", account(), e.getMessage());
      pause(parts.policy().troubleDelay());
    } catch (RuntimeException e) {
      LOG.error("{}: a defect of the gateway held up sending", account(), e);
      pause(parts.policy().troubleDelay());
    }
  }

  private void consider(AccountQueue.Next.Message next, Instant now) throws InterruptedException {
    OpenMessage message = next.message();
    if (flights.full()) {
      pause(Duration.ofMillis(LONG_MILLIS)); // Until one has landed.
      return;
    }
    if (pace.free() && message.toBeTyped() == 0) {
      launch(message, read(message), now);
    } else if (queue.boarding()) {
      awaitNews(next.seen(), Long.MAX_VALUE, now); // The gap is counted from the moment of writing.
    } else {
      launchInTime(next, now);
    }
  }

  private void launchInTime(AccountQueue.Next.Message next, Instant now)
      throws InterruptedException {
    OpenMessage message = next.message();
    Accepted accepted = read(message);
    int rules = pace.changes();
    switch (pace.decide(message, accepted.to(), lastTyped, now)) {
      case Decision.Go _ -> launch(message, accepted, now);
      case Decision.Type typing -> type(message, accepted.to(), typing.until(), now);
      // While one that was typed waits for the gap, the next one begins to be typed.
      case Decision.NotBefore wait
          when wait.scope() == Decision.Scope.ACCOUNT && !message.wasTyped() -> {
        long until = Math.min(wait.time().toEpochMilli(), next.nextDue());
        pause(Duration.ofMillis(until - now.toEpochMilli()));
      }
      case Decision.NotBefore wait -> hold(message, wait.time().toEpochMilli(), rules);
      case Decision.Held _ -> hold(message, Long.MAX_VALUE, rules);
    }
  }

  /** What overtakes a decision lets go of what is held by then, which may not be this one yet. */
  private void hold(OpenMessage message, long until, int rules) {
    queue.hold(message, until);
    if (pace.overtaken(rules, message)) {
      queue.letGo();
    }
  }

  /** Nobody waits for it but the chat that it is for; and that it is not seen harms nobody. */
  private void type(OpenMessage message, Peer to, Instant until, Instant now) {
    lastTyped = now;
    queue.type(message, until.toEpochMilli());
    try {
      indicator.typing(to, Duration.between(now, until));
    } catch (RuntimeException e) {
      LOG.warn("{}: a defect of the engine: typing is not shown", account(), e);
    }
  }

  private void launch(OpenMessage message, Accepted accepted, Instant now) {
    if (queue.take(message, now.toEpochMilli())) {
      Flight flight = new Flight(parts, queue, message, accepted, () -> stopped);
      flights.start(account().toString(), () -> fly(flight));
    }
  }

  private void fly(Flight flight) {
    try {
      flight.fly(connector);
    } catch (InterruptedException e) {
      flight.cutShort();
      Thread.currentThread().interrupt();
    } catch (GatewayException e) {
      LOG.warn("{}: cannot send for now: {}", account(), e.getMessage());
      flight.comeBackLater();
    } catch (RuntimeException e) {
      LOG.error("{}: a defect of the gateway held up a message", account(), e);
      flight.comeBackLater();
    }
  }

  private Accepted read(OpenMessage message) {
    JournalEntry entry =
        parts
            .journal()
            .read(message.position())
            .orElseThrow(
                () -> new IllegalStateException("the journal has lost message " + message.id()));
    return entry instanceof JournalEntry.Carried carried ? carried.accepted() : (Accepted) entry;
  }

  private void awaitNews(long seen, long until, Instant now) throws InterruptedException {
    long millis = until == Long.MAX_VALUE ? LONG_MILLIS : until - now.toEpochMilli();
    boolean nudged = nudges.availablePermits() > 0; // Since the clock was looked at.
    if (!stopped && !nudged) {
      queue.awaitNews(seen, Math.clamp(millis, 1, LONG_MILLIS));
    }
  }

  /** Waits, and lets no more than a nudge end that early: new messages are no reason to hurry. */
  private void pause(Duration time) throws InterruptedException {
    if (!stopped) {
      var _ = nudges.tryAcquire(Math.max(1, time.toMillis()), TimeUnit.MILLISECONDS);
    }
  }

  private AccountKey account() {
    return queue.account();
  }
}
