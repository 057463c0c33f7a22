package dev.switchboard.webhook.delivery;

import dev.switchboard.event.LowWaterMark;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.TenantId;
import dev.switchboard.webhook.WebhookKey;
import dev.switchboard.webhook.storage.StoredWebhook;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The webhooks that there are, each at work. Safe for use by many threads. */
final class WebhookRunners implements LowWaterMark {
  private final NavigableMap<WebhookKey, WebhookRunner> all =
      new ConcurrentSkipListMap<>(
          Comparator.comparing((WebhookKey key) -> key.tenant().value())
              .thenComparing(WebhookKey::id));

  private final WebhookWork.Parts parts;
  private final Poster poster;
  private final Airspace airspace;
  private final InstantSource clock;

  WebhookRunners(WebhookWork.Parts parts, Poster poster, InstantSource clock) {
    this.parts = parts;
    this.poster = poster;
    this.clock = clock;
    airspace = new Airspace(parts.config().inFlight());
  }

  /** One that was there before. */
  void bringBack(StoredWebhook stored) {
    Bell bell = new Bell();
    add(WebhookWork.of(parts, stored, bell::ring), bell);
  }

  /** One that is new. */
  void begin(StoredWebhook stored) {
    Bell bell = new Bell();
    add(WebhookWork.begin(parts, stored, bell::ring), bell);
  }

  private void add(WebhookWork work, Bell bell) {
    WebhookRunner runner = new WebhookRunner(work, bell, poster, airspace, clock);
    all.put(work.webhook().key(), runner);
    runner.start();
  }

  /** One that was ended goes on. */
  void revive(WebhookRunner ended) {
    add(ended.work(), ended.bell());
  }

  Optional<WebhookRunner> find(WebhookKey key) {
    return Optional.ofNullable(all.get(key));
  }

  WebhookRunner require(WebhookKey key) {
    return find(key)
        .orElseThrow(() ->
            new GatewayException(Reason.WEBHOOK_NOT_FOUND, "there is no webhook " + key.id()));
  }

  void remove(WebhookKey key) {
    all.remove(key);
  }

  /** In order of tenant and id. */
  Collection<WebhookRunner> all() {
    return all.values();
  }

  /** Those of a tenant behind an id, in order. */
  Collection<WebhookRunner> of(TenantId tenant, String after) {
    return all.values().stream()
        .filter(runner -> runner.work().webhook().key().tenant().equals(tenant))
        .filter(runner -> runner.work().webhook().key().id().compareTo(after) > 0)
        .toList();
  }

  int size() {
    return all.size();
  }

  @Override
  public long position() {
    return all.values().stream()
        .mapToLong(runner -> runner.work().needed())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  @Override
  public void passing(long before) {
    try {
      for (WebhookRunner runner : all.values()) {
        if (runner.work().needed() < before) {
          passing(runner, before);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the server ends", e);
    }
  }

  private void passing(WebhookRunner runner, long before) throws InterruptedException {
    var changes = new WebhookChanges(runner.work(), parts.events(), parts.deliveries(), clock);
    boolean _ =
        runner.change(() -> {
          changes.passing(before);
          return true;
        });
  }

  /** Ends them all together. */
  void end(Duration drain) throws InterruptedException {
    all.values().forEach(WebhookRunner::stop);
    long deadline = System.nanoTime() + drain.toNanos();
    for (WebhookRunner runner : all.values()) {
      runner.end(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
    }
  }
}
