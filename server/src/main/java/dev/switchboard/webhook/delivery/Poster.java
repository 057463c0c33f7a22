package dev.switchboard.webhook.delivery;

import dev.switchboard.event.reading.Events;
import dev.switchboard.webhook.Attempt;
import dev.switchboard.webhook.Courier;
import dev.switchboard.webhook.EventBody;
import dev.switchboard.webhook.Outcome;
import dev.switchboard.webhook.Parcel;
import dev.switchboard.webhook.Secret;
import dev.switchboard.webhook.WebhookKey;
import dev.switchboard.webhook.WebhookSettings;
import dev.switchboard.webhook.queue.OpenDelivery;
import dev.switchboard.webhook.signing.SigningKey;
import dev.switchboard.webhook.signing.WebhookHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes attempts: reads the event, writes it down, signs it, posts it. Safe for many threads. */
final class Poster {
  private static final Logger LOG = LoggerFactory.getLogger(Poster.class);

  private final Events events;
  private final EventBody bodies;
  private final Courier courier;
  private final InstantSource clock;

  Poster(Events events, EventBody bodies, Courier courier, InstantSource clock) {
    this.events = events;
    this.bodies = bodies;
    this.courier = courier;
    this.clock = clock;
  }

  /**
   * Where something is posted to.
   *
   * @param secrets the newest first
   */
  record Target(WebhookSettings settings, List<Secret> secrets) {}

  /** What came of what was to be an attempt. */
  sealed interface Landing {
    /** It was made. */
    record Posted(Attempt attempt) implements Landing {}

    /** The log keeps the event no more. */
    record Gone() implements Landing {}

    /** The log has the event, and nobody can read it. */
    record Unreadable() implements Landing {}
  }

  /**
   * One attempt.
   *
   * @param number the how many-th
   */
  Landing attempt(OpenDelivery open, int number, Target target) throws InterruptedException {
    Optional<byte[]> body;
    try {
      body =
          events
              .find(open.account(), open.id().position())
              .map(event -> bodies.json(event, open.id().round() > 0));
    } catch (RuntimeException e) {
      LOG.error("The event of {} cannot be read: it is not posted", open, e);
      return new Landing.Unreadable();
    }
    return body.isEmpty()
        ? new Landing.Gone()
        : new Landing.Posted(post(open, number, body.get(), target));
  }

  private Attempt post(OpenDelivery open, int number, byte[] body, Target target)
      throws InterruptedException {
    Instant at = clock.instant();
    try {
      return post(open.eventId(), number, body, target);
    } catch (RuntimeException e) {
      LOG.error("An attempt to post {} failed before it began", open, e);
      return new Attempt(number, at, Duration.ZERO, unprepared());
    }
  }

  /** Posts something to see what comes of it. */
  Attempt test(WebhookKey key, String id, Target target) throws InterruptedException {
    return post(id, 1, bodies.test(key, id, clock.instant()), target);
  }

  private Attempt post(String id, int number, byte[] body, Target target)
      throws InterruptedException {
    Instant at = clock.instant();
    var headers =
        WebhookHeaders.of(
            id, at, number, body, keys(target.secrets(), at), target.settings().headers());
    long begin = System.nanoTime();
    Outcome outcome = courier.deliver(new Parcel(target.settings().url(), headers, body));
    return new Attempt(number, at, Duration.ofNanos(System.nanoTime() - begin), outcome);
  }

  private static List<SigningKey> keys(List<Secret> secrets, Instant now) {
    return secrets.stream().filter(secret -> secret.live(now)).map(Secret::signingKey).toList();
  }

  private static Outcome unprepared() {
    return new Outcome.Unreached(
        Outcome.Cause.BROKEN_ANSWER, "the gateway could not make the request");
  }
}
