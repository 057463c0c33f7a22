package dev.switchboard.webhook.delivery;

import dev.switchboard.event.LowWaterMark;
import dev.switchboard.event.reading.Events;
import dev.switchboard.event.reading.Start;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.TenantId;
import dev.switchboard.thread.Threads;
import dev.switchboard.webhook.Attempt;
import dev.switchboard.webhook.Courier;
import dev.switchboard.webhook.Delivery;
import dev.switchboard.webhook.EventBody;
import dev.switchboard.webhook.Secret;
import dev.switchboard.webhook.Webhook;
import dev.switchboard.webhook.WebhookKey;
import dev.switchboard.webhook.WebhookSettings;
import dev.switchboard.webhook.WebhookState;
import dev.switchboard.webhook.WebhookStatistics;
import dev.switchboard.webhook.Webhooks;
import dev.switchboard.webhook.queue.QueueStatus;
import dev.switchboard.webhook.storage.DeliveryStore;
import dev.switchboard.webhook.storage.WebhookStore;
import dev.switchboard.webhook.watch.Census;
import dev.switchboard.webhook.watch.DeliveryWatch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Webhooks at work in this process. */
public final class RunningWebhooks implements Webhooks, AutoCloseable {
  /** Tests that may be on their way at once; others wait. */
  private static final int MOST_TESTS = 16;

  private final Parts parts;
  private final WebhookRunners runners;
  private final Poster poster;
  private final Semaphore testing = new Semaphore(MOST_TESTS, true);

  private final Roster roster;
  private final LogSweep sweep;
  private final Thread sweeper;

  /** What webhooks work with. */
  public record Parts(
      WebhookStore webhooks,
      DeliveryStore deliveries,
      Events events,
      EventBody bodies,
      Courier courier,
      DeliveryConfig config,
      InstantSource clock,
      RandomGenerator random,
      DeliveryWatch watch) {}

  private RunningWebhooks(Parts parts) {
    this.parts = parts;
    poster = new Poster(parts.events(), parts.bodies(), parts.courier(), parts.clock());
    var work =
        new WebhookWork.Parts(
            parts.events(),
            parts.bodies(),
            parts.deliveries(),
            parts.config(),
            parts.random(),
            parts.watch());
    runners = new WebhookRunners(work, poster, parts.clock());
    roster = new Roster(parts, runners);
    sweep = new LogSweep(runners, parts.deliveries(), parts.config(), parts.clock());
    sweeper = Thread.ofVirtual().name("webhook-sweeper").unstarted(sweep);
  }

  /** Has those go on that there are. */
  public static RunningWebhooks open(Parts parts) {
    RunningWebhooks running = new RunningWebhooks(parts);
    running.roster.bringBack();
    running.sweeper.start();
    return running;
  }

  /** For who deletes old events. */
  public LowWaterMark lowWaterMark() {
    return runners;
  }

  /** All of them, as they were a moment ago. */
  public Census census() {
    return runners.all().stream().map(WebhookRunner::census).reduce(Census.NONE, Census::and);
  }

  @Override
  public Created create(WebhookKey key, WebhookSettings settings) {
    parts.courier().check(settings.url());
    return roster.create(key, settings);
  }

  @Override
  public Webhook find(WebhookKey key) {
    return runners.require(key).work().webhook();
  }

  @Override
  public List<Webhook> list(TenantId tenant, String after, int limit) {
    return runners.of(tenant, after).stream()
        .limit(limit)
        .map(runner -> runner.work().webhook())
        .toList();
  }

  @Override
  public Webhook update(
      WebhookKey key, UnaryOperator<WebhookSettings> change, Optional<WebhookState> state) {
    if (state.filter(WebhookState.DISABLED::equals).isPresent()) {
      throw GatewayException.invalidField("state", "must be ENABLED or PAUSED");
    }
    return change(
        key,
        changes -> {
          Webhook before = find(key);
          WebhookSettings settings = change.apply(before.settings());
          if (!settings.url().equals(before.settings().url())) {
            parts.courier().check(settings.url());
          }
          Instant now = parts.clock().instant();
          Webhook after = before.with(settings, now);
          return changes.become(state.map(other -> after.in(other, now)).orElse(after));
        });
  }

  @Override
  public void delete(WebhookKey key) {
    try {
      roster.delete(key);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  @Override
  public Secret rotateSecret(WebhookKey key, Duration overlap) {
    if (overlap.isNegative() || overlap.compareTo(Secret.LONGEST_OVERLAP) > 0) {
      throw GatewayException.invalidField("overlap", "must be 0 to 7 days");
    }
    WebhookRunner runner = runners.require(key);
    return change(
        key,
        _ -> {
          Instant now = parts.clock().instant();
          Secret secret = roster.secret(now);
          List<Secret> secrets = new ArrayList<>(List.of(secret));
          if (!overlap.isZero()) {
            secrets.add(runner.work().secrets().getFirst().until(now.plus(overlap)));
          }
          parts.webhooks().sign(key, secrets);
          runner.work().sign(List.copyOf(secrets));
          return secret;
        });
  }

  @Override
  public Attempt test(WebhookKey key) throws InterruptedException {
    WebhookRunner runner = runners.require(key);
    var id = new UUID(parts.random().nextLong(), parts.random().nextLong());
    testing.acquire();
    try {
      return poster.test(key, "test_" + id, runner.work().target());
    } finally {
      testing.release();
    }
  }

  @Override
  public List<Delivery> deliveries(
      WebhookKey key, Delivery.Selection selection, Optional<Delivery.Id> before, int limit) {
    WebhookRunner _ = runners.require(key);
    return parts.deliveries().list(key, selection, before, limit);
  }

  @Override
  public Delivery delivery(WebhookKey key, Delivery.Id id) {
    WebhookRunner _ = runners.require(key);
    return parts
        .deliveries()
        .find(key, id)
        .orElseThrow(() ->
            new GatewayException(Reason.DELIVERY_NOT_FOUND, "nothing is known of delivery " + id));
  }

  @Override
  public WebhookStatistics statistics(WebhookKey key) {
    WebhookRunner runner = runners.require(key);
    Instant now = parts.clock().instant();
    var hour = parts.deliveries().count(key, now.minus(Duration.ofHours(1)));
    var day = parts.deliveries().count(key, now.minus(Duration.ofDays(1)));
    return waitFor(
        () -> runner.ask(() -> statistics(runner.work(), parts.events().end(), hour, day)));
  }

  @Override
  public int retry(WebhookKey key, Delivery.Selection selection) {
    return change(key, changes -> changes.retry(selection));
  }

  @Override
  public int clear(WebhookKey key, Delivery.Selection selection) {
    return change(key, changes -> changes.clear(selection));
  }

  @Override
  public Replay replay(WebhookKey key, Start from, Start until) {
    return change(key, changes -> changes.replay(from, until));
  }

  @Override
  public boolean endReplay(WebhookKey key) {
    return change(key, WebhookChanges::endReplay);
  }

  /** Lets attempts land that are on their way, for a while, and stores what came of them. */
  @Override
  public void close() {
    sweep.close();
    try {
      runners.end(parts.config().drain());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Threads.end(sweeper, parts.config().drain());
  }

  private static WebhookStatistics statistics(
      WebhookWork work, long end, WebhookStatistics.Count hour, WebhookStatistics.Count day) {
    QueueStatus status = work.queue().status();
    var breaker =
        new WebhookStatistics.Breaker(
            status.probeAt().isPresent(), status.failures(), status.probeAt());
    return new WebhookStatistics(
        status.waiting(),
        status.oldest(),
        work.live().more() && work.live().position() < end,
        status.inFlight(),
        hour,
        day,
        status.latency(),
        breaker,
        work.progress().replay());
  }

  /** Something that is asked of a webhook. */
  private interface Change<T> {
    T of(WebhookChanges changes) throws InterruptedException;
  }

  private <T> T change(WebhookKey key, Change<T> change) {
    WebhookRunner runner = runners.require(key);
    var changes =
        new WebhookChanges(runner.work(), parts.events(), parts.deliveries(), parts.clock());
    return waitFor(() -> runner.change(() -> change.of(changes)));
  }

  /** Who is interrupted meanwhile does not learn what came of it. */
  private static <T> T waitFor(Callable<T> answer) {
    try {
      return answer.call();
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static GatewayException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new GatewayException(Reason.SHUTTING_DOWN, "the gateway is shutting down", e);
  }
}
