package dev.switchboard.webhook.delivery;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.webhook.Attempt;
import dev.switchboard.webhook.Outcome;
import dev.switchboard.webhook.Webhook;
import dev.switchboard.webhook.queue.OpenDelivery;
import dev.switchboard.webhook.watch.Census;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
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

  private final WebhookWork work;
  private final Poster poster;
  private final Airspace airspace;
  private final Airspace.Place place;
  private final InstantSource clock;
  private final Bell bell;
  private final Thread thread;

  private final Mail mail;
  private final Set<Thread> flights = ConcurrentHashMap.newKeySet();

  /** When the oldest that is not stored happened, by {@link System#nanoTime}; of its thread. */
  private long unsavedSince;

  private boolean unsaved;
  private boolean failing;
  private volatile boolean stopping;

  /** What others see of it: it changes all the time. */
  private volatile Census census;

  WebhookRunner(
      WebhookWork work, Bell bell, Poster poster, Airspace airspace, InstantSource clock) {
    this.work = work;
    this.bell = bell;
    this.poster = poster;
    this.airspace = airspace;
    this.clock = clock;
    mail = new Mail(bell);
    place = airspace.new Place(bell);
    census = work.census();
    thread = Thread.ofVirtual().name("webhook " + work.webhook().key()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  Bell bell() {
    return bell;
  }

  /** As it was a moment ago. */
  Census census() {
    return census;
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
    return mail.ask(question);
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
      work.rest();
      place.pass();
      mail.close();
    }
  }

  private boolean working() {
    return !stopping || work.queue().inFlight() > 0;
  }

  private void tick() throws InterruptedException {
    boolean more = false;
    try {
      mail.deliver();
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
    census = work.census();
    if (!more && working()) {
      bell.await(wait(clock.instant()));
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
      Poster.Landing came = poster.attempt(open, number, target);
      landing = () -> landed(open, came);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The server ends: it is posted again after the start.
    } finally {
      airspace.leave();
      flights.remove(Thread.currentThread());
      mail.add(landing);
    }
  }

  private void landed(OpenDelivery open, Poster.Landing landing) {
    switch (landing) {
      case Poster.Landing.Posted(Attempt attempt) -> landed(open, attempt);
      case Poster.Landing.Gone() -> work.queue().gone(open, clock.instant());
      case Poster.Landing.Unreadable() -> work.queue().unreadable(open, clock.instant());
    }
  }

  private void landed(OpenDelivery open, Attempt attempt) {
    Instant now = clock.instant();
    work.queue().landed(open, attempt, now);
    work.watch().attempted(attempt);
    if (attempt.outcome().success() && open.id().round() == 0) {
      work.watch().delivered(Duration.between(open.recordedAt(), now));
    }
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
    mail.deliver();
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
}
