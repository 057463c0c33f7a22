package dev.switchboard.grpc;

import dev.switchboard.event.reading.Start;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.TenantId;
import dev.switchboard.testing.Samples;
import dev.switchboard.webhook.Attempt;
import dev.switchboard.webhook.Delivery;
import dev.switchboard.webhook.Outcome;
import dev.switchboard.webhook.Secret;
import dev.switchboard.webhook.Webhook;
import dev.switchboard.webhook.WebhookKey;
import dev.switchboard.webhook.WebhookSettings;
import dev.switchboard.webhook.WebhookState;
import dev.switchboard.webhook.WebhookStatistics;
import dev.switchboard.webhook.Webhooks;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Webhooks that nothing is posted to: what callers ask for is written down. */
public final class ScriptedWebhooks implements Webhooks {
  static final int LIMIT = 4;

  /** A URL that is refused. */
  static final String PRIVATE = "https://10.0.0.1/";

  final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
  final List<Delivery.Selection> retried = new CopyOnWriteArrayList<>();
  final List<Delivery.Selection> cleared = new CopyOnWriteArrayList<>();
  final Map<WebhookKey, Duration> overlaps = new ConcurrentHashMap<>();
  final Map<WebhookKey, Range> replays = new ConcurrentHashMap<>();
  final AtomicInteger tests = new AtomicInteger();
  private final ConcurrentSkipListMap<WebhookKey, Webhook> webhooks =
      new ConcurrentSkipListMap<>(Comparator.comparing(WebhookKey::toString));
  private final AtomicInteger secrets = new AtomicInteger();

  /** What a replay was asked for. */
  record Range(Start from, Start until) {}

  /** What callers chose, header values included. */
  WebhookSettings settings(WebhookKey key) {
    return find(key).settings();
  }

  /** As when the receiver answers 410. */
  void disable(WebhookKey key) {
    webhooks.put(key, find(key).disabled(Webhook.DisabledCause.GONE, Samples.NOW));
  }

  @Override
  public Created create(WebhookKey key, WebhookSettings settings) {
    requireReachable(settings);
    if (all(key.tenant()).count() >= LIMIT) {
      throw new GatewayException(Reason.TOO_MANY_WEBHOOKS, "the tenant has as many as it may");
    }
    Webhook fresh =
        new Webhook(
            key, settings, WebhookState.ENABLED, Optional.empty(), Samples.NOW, Samples.NOW);
    if (webhooks.putIfAbsent(key, fresh) != null) {
      throw new GatewayException(Reason.WEBHOOK_EXISTS, "the id is taken");
    }
    return new Created(fresh, secret());
  }

  @Override
  public Webhook find(WebhookKey key) {
    Webhook found = webhooks.get(key);
    if (found == null) {
      throw new GatewayException(Reason.WEBHOOK_NOT_FOUND, "the tenant has no such webhook");
    }
    return found;
  }

  @Override
  public List<Webhook> list(TenantId tenant, String after, int limit) {
    return all(tenant).filter(one -> one.key().id().compareTo(after) > 0).limit(limit).toList();
  }

  @Override
  public Webhook update(
      WebhookKey key, UnaryOperator<WebhookSettings> change, Optional<WebhookState> state) {
    WebhookSettings changed = change.apply(settings(key));
    requireReachable(changed);
    Webhook with = find(key).with(changed, Samples.NOW.plusSeconds(1));
    Webhook now = state.map(other -> with.in(other, with.updatedAt())).orElse(with);
    webhooks.put(key, now);
    return now;
  }

  @Override
  public void delete(WebhookKey key) {
    var _ = find(key);
    webhooks.remove(key);
  }

  @Override
  public Secret rotateSecret(WebhookKey key, Duration overlap) {
    overlaps.put(find(key).key(), overlap);
    return secret();
  }

  @Override
  public Attempt test(WebhookKey key) {
    var _ = find(key);
    tests.incrementAndGet();
    var outcome = new Outcome.Answered(503, "busy", Optional.of(Duration.ofSeconds(7)));
    return new Attempt(1, Samples.NOW, Duration.ofMillis(41), outcome);
  }

  @Override
  public List<Delivery> deliveries(
      WebhookKey key, Delivery.Selection selection, Optional<Delivery.Id> before, int limit) {
    var _ = find(key);
    return deliveries.stream()
        .filter(one -> one.webhook().equals(key) && selects(selection, one))
        .filter(one -> before.isEmpty() || one.id().compareTo(before.get()) < 0)
        .sorted(Comparator.comparing(Delivery::id).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public Delivery delivery(WebhookKey key, Delivery.Id id) {
    var _ = find(key);
    return deliveries.stream()
        .filter(one -> one.webhook().equals(key) && one.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new GatewayException(Reason.DELIVERY_NOT_FOUND, "no such delivery"));
  }

  @Override
  public WebhookStatistics statistics(WebhookKey key) {
    var _ = find(key);
    return new WebhookStatistics(
        7,
        Optional.of(Samples.NOW),
        true,
        2,
        new WebhookStatistics.Count(11, 1),
        new WebhookStatistics.Count(200, 3),
        Optional.of(new WebhookStatistics.Latency(Duration.ofMillis(9), Duration.ofMillis(80))),
        new WebhookStatistics.Breaker(true, 12, Optional.of(Samples.NOW.plusSeconds(5))),
        replays.containsKey(key) ? Optional.of(new Replay(1, 3, 9)) : Optional.empty());
  }

  @Override
  public int retry(WebhookKey key, Delivery.Selection selection) {
    var _ = find(key);
    retried.add(selection);
    return 2;
  }

  @Override
  public int clear(WebhookKey key, Delivery.Selection selection) {
    var _ = find(key);
    cleared.add(selection);
    return 3;
  }

  @Override
  public Replay replay(WebhookKey key, Start from, Start until) {
    var _ = find(key);
    if (replays.putIfAbsent(key, new Range(from, until)) != null) {
      throw new GatewayException(Reason.WEBHOOK_REPLAY_RUNNING, "one replay at a time");
    }
    return new Replay(1, 3, 9);
  }

  @Override
  public boolean endReplay(WebhookKey key) {
    var _ = find(key);
    return replays.remove(key) != null;
  }

  private Stream<Webhook> all(TenantId tenant) {
    return webhooks.values().stream().filter(one -> one.key().tenant().equals(tenant));
  }

  private Secret secret() {
    byte[] key = new byte[Secret.BYTES];
    key[0] = (byte) secrets.incrementAndGet();
    return new Secret(key, Samples.NOW, Optional.empty());
  }

  private static void requireReachable(WebhookSettings settings) {
    if (settings.url().equals(PRIVATE)) {
      throw GatewayException.invalidField("url", "leads to where nothing may be posted");
    }
  }

  private static boolean selects(Delivery.Selection selection, Delivery one) {
    Instant at = one.updatedAt();
    return (selection.states().isEmpty() || selection.states().contains(one.state()))
        && (selection.instances().isEmpty()
            || selection.instances().contains(one.account().instance()))
        && (selection.events().isEmpty() || selection.events().contains(one.eventId()))
        && selection.since().stream().noneMatch(at::isBefore)
        && selection.until().stream().allMatch(at::isBefore);
  }
}
