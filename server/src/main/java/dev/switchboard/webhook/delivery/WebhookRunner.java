package dev.switchboard.webhook.delivery;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.webhook.Attempt;
import dev.switchboard.webhook.Outcome;
import dev.switchboard.webhook.Webhook;
import dev.switchboard.webhook.queue.OpenDelivery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that a webhook's work belongs to. Attempts have threads of their own, which tell
 * it what came of them; callers ask it and wait.
 */
final class WebhookRunner {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookRunner.class);
  private static final int GONE = 410;

  /** After how much is stored, and how long a part of it may wait for more. */
  private static final int SAVED_AT_ONCE = 256;

  private static final Duration LINGER = Duration.ofMillis(200);
  private static final Duration RETRY_DELAY = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  /** Callers that may wait at once for what they ask; others wait for that. */
  private static final int MOST_ASKED = 64;

  private final WebhookWork work;
  private final Poster poster;
  private final Airspace airspace;
  private final Airspace.Place place;
  private final InstantSource clock;
  private final Bell bell;
  private final Thread thread;

  /** What landed and what is asked: at most as many as fly, and as may ask. */
  private final Queue<Runnable> mail = new ConcurrentLinkedQueue<>();

  private final Semaphore asking = new Semaphore(MOST_ASKED, true);
  private final Set<Thread> flights = ConcurrentHashMap.newKeySet();

  /** When the oldest that is not stored happened, by {@link System#nanoTime}; of its thread. */
  private long unsavedSince;

  private boolean unsaved;
  private boolean failing;
  private volatile boolean stopping;
  private volatile boolean over;

  WebhookRunner(
      WebhookWork work, Bell bell, Poster poster, Airspace airspace, InstantSource clock) {
    this.work = work;
    this.bell = bell;
    this.poster = poster;
    this.airspace = airspace;
    this.clock = clock;
    place = airspace.new Place(bell);
    thread = Thread.ofVirtual().name("webhook " + work.webhook().key()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  Bell bell() {
    return bell;
  }

  WebhookWork work() {
    return work;
  }

  /**
   * Has something done by its thread, after what happened before is stored.
   *
   * @throws GatewayException as the change says; SHUTTING_DOWN when the thread has ended
   */
  <T> T change(Callable<T> change) throws InterruptedException {
    return ask(() -> {
      save();
      return change.call();
    });
  }

  /** Has something looked at by its thread. */
  <T> T ask(Callable<T> question) throws InterruptedException {
    FutureTask<T> task = new FutureTask<>(question);
    asking.acquire();
    try {
      mail.add(task);
      bell.ring();
      if (over) { // Looked at after adding: the thread may have looked for the last time before.
        task.cancel(false);
      }
      return task.get();
    } catch (CancellationException e) {
      throw new GatewayException(Reason.SHUTTING_DOWN, "the webhook works no more", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException refusal) {
        throw refusal;
      }
      throw new IllegalStateException("a change of a webhook failed", e.getCause());
    } finally {
      asking.release();
    }
  }

  /** Posts nothing more; what is on its way may land. */
  void stop() {
    stopping = true;
    bell.ring();
  }

  /** Ends it: what is on its way after a while is cut off, what landed is stored. */
  void end(Duration atMost) throws InterruptedException {
    stop();
    if (!thread.join(atMost)) {
      flights.forEach(Thread::interrupt);
    }
    thread.join();
  }

  private void run() {
    try {
      while (working()) {
        tick();
      }
      lastSave();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      over = true;
      work.rest();
      place.pass();
      refuseAll();
    }
  }

  private boolean working() {
    return !stopping || work.queue().inFlight() > 0;
  }

  private void tick() throws InterruptedException {
    boolean more = false;
    try {
      deliverMail();
      more = goOn();
      saveInTime();
      failing = false;
    } catch (RuntimeException e) {
      more = false;
      if (e instanceof GatewayException end && end.reason() == Reason.SHUTTING_DOWN) {
        stopping = true; // Nothing can be read any more.
      } else if (!failing) {
        LOG.warn("Webhook {} goes on in a moment", work.webhook().key(), e);
      }
      failing = true;
    }
    if (!more && working()) {
      bell.await(wait(clock.instant()));
    }
  }

  private void deliverMail() {
    for (Runnable next = mail.poll(); next != null; next = mail.poll()) {
      next.run();
    }
  }

  /** Reads and posts; whether there is more to be done at once. */
  private boolean goOn() throws InterruptedException {
    if (stopping || !work.enabled()) {
      place.pass();
      return false;
    }
    boolean more = work.read();
    launch(clock.instant());
    return more;
  }

  private void launch(Instant now) {
    while (work.queue().next(now).filter(due -> !due.isAfter(now)).isPresent()) {
      if (!place.take()) {
        return;
      }
      Optional<OpenDelivery> open = work.queue().launch(now);
      if (open.isEmpty()) {
        airspace.leave();
        break;
      }
      fly(open.get());
    }
    place.pass();
  }

  private void fly(OpenDelivery open) {
    int number = open.attempts() + 1;
    Poster.Target target = work.target();
    Thread flight =
        Thread.ofVirtual().name("webhook-attempt").unstarted(() -> fly(open, number, target));
    flights.add(flight);
    flight.start();
  }

  private void fly(OpenDelivery open, int number, Poster.Target target) {
    Runnable landing = () -> work.queue().aborted(open);
    try {
      Optional<Attempt> attempt = poster.attempt(open, number, target);
      landing =
          attempt.isPresent()
              ? () -> landed(open, attempt.get())
              : () -> work.queue().gone(open, clock.instant());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The server ends: it is posted again after the start.
    } finally {
      airspace.leave();
      flights.remove(Thread.currentThread());
      mail.add(landing);
      bell.ring();
    }
  }

  private void landed(OpenDelivery open, Attempt attempt) {
    Instant now = clock.instant();
    work.queue().landed(open, attempt, now);
    if (attempt.outcome() instanceof Outcome.Answered answered && answered.status() == GONE) {
      LOG.info("Webhook {} is disabled: the receiver answered 410", work.webhook().key());
      work.become(work.webhook().disabled(Webhook.DisabledCause.GONE, now));
    }
  }

  private void saveInTime() {
    if (work.queue().unsaved() == 0) {
      unsaved = false;
      return;
    }
    if (!unsaved) {
      unsaved = true;
      unsavedSince = System.nanoTime();
    }
    boolean due = System.nanoTime() - unsavedSince >= LINGER.toNanos();
    if (due || work.queue().unsaved() >= SAVED_AT_ONCE) {
      save();
    }
  }

  private void save() {
    work.save();
    unsaved = false;
  }

  private void lastSave() {
    deliverMail();
    try {
      work.save();
    } catch (RuntimeException e) {
      LOG.warn(
          "What webhook {} posted last is not stored, and posted again", work.webhook().key(), e);
    }
  }

  /** How long nothing has to be done, unless the bell rings. */
  private Duration wait(Instant now) {
    if (failing) {
      return RETRY_DELAY;
    }
    Duration wait = LONGEST_WAIT;
    if (work.enabled() && !stopping) {
      Duration due =
          work.queue().next(now).map(next -> Duration.between(now, next)).orElse(LONGEST_WAIT);
      wait = due.compareTo(wait) < 0 ? due : wait;
    }
    Duration left = LINGER.minusNanos(System.nanoTime() - unsavedSince);
    return unsaved && left.compareTo(wait) < 0 ? left : wait;
  }

  private void refuseAll() {
    for (Runnable left = mail.poll(); left != null; left = mail.poll()) {
      if (left instanceof FutureTask<?> task) {
        task.cancel(false);
      }
    }
  }
}
