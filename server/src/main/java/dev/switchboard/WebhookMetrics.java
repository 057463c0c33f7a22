package dev.switchboard;

import dev.switchboard.webhook.Attempt;
import dev.switchboard.webhook.Outcome;
import dev.switchboard.webhook.delivery.RunningWebhooks;
import dev.switchboard.webhook.watch.Census;
import dev.switchboard.webhook.watch.DeliveryWatch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.ToIntFunction;
import java.util.stream.LongStream;

/** What an operator wants to see of webhooks: of all together, so that nobody is named. */
final class WebhookMetrics implements DeliveryWatch {
  private static final Duration[] LATENCIES =
      millis(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 15_000);
  private static final Duration[] DELAYS =
      millis(
          50,
          100,
          250,
          500,
          1_000,
          5_000,
          30_000,
          60_000,
          300_000,
          1_800_000,
          3_600_000,
          21_600_000,
          86_400_000,
          259_200_000);

  private final MeterRegistry metrics;
  private final ConcurrentMap<String, Timer> attempts = new ConcurrentHashMap<>();
  private final Timer delay;
  private final Counter dropped;

  WebhookMetrics(MeterRegistry metrics) {
    this.metrics = metrics;
    delay =
        Timer.builder("switchboard.webhooks.delay")
            .serviceLevelObjectives(DELAYS)
            .register(metrics);
    dropped = metrics.counter("switchboard.webhooks.events.dropped");
    Timer _ = attempts("succeeded"); // So that there is something to compare with.
  }

  /** Shows how they are whenever somebody asks. */
  void show(RunningWebhooks webhooks) {
    state(webhooks, "enabled", Census::enabled);
    state(webhooks, "paused", Census::paused);
    state(webhooks, "disabled", Census::disabled);
    gauge(webhooks, "switchboard.webhooks.away", Tags.empty(), Census::away);
    gauge(webhooks, "switchboard.webhooks.waiting", Tags.empty(), Census::waiting);
    gauge(webhooks, "switchboard.webhooks.in.flight", Tags.empty(), Census::inFlight);
  }

  @Override
  public void attempted(Attempt attempt) {
    attempts(name(attempt.outcome())).record(attempt.latency());
  }

  @Override
  public void delivered(Duration time) {
    delay.record(time);
  }

  @Override
  public void dropped(long events) {
    dropped.increment((double) events);
  }

  private void state(RunningWebhooks webhooks, String state, ToIntFunction<Census> value) {
    gauge(webhooks, "switchboard.webhooks", Tags.of("state", state), value);
  }

  private void gauge(
      RunningWebhooks webhooks, String name, Tags tags, ToIntFunction<Census> value) {
    Gauge.builder(name, webhooks, it -> value.applyAsInt(it.census())).tags(tags).register(metrics);
  }

  /** To look for it in the registry takes longer than the rest of the measuring. */
  private Timer attempts(String outcome) {
    Timer known = attempts.get(outcome);
    return known != null
        ? known
        : attempts.computeIfAbsent(
            outcome,
            it ->
                Timer.builder("switchboard.webhooks.attempts")
                    .tag("outcome", it)
                    .serviceLevelObjectives(LATENCIES)
                    .register(metrics));
  }

  /** One of few: what a receiver answered is told by its class. */
  private static String name(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered(int status, String _, Optional<Duration> _) -> name(status);
      case Outcome.Unreached(Outcome.Cause cause, String _) ->
          cause.name().toLowerCase(Locale.ROOT);
    };
  }

  private static String name(int status) {
    return switch (status) {
      case 410 -> "gone";
      case 429 -> "throttled";
      default ->
          switch (status / 100) {
            case 2 -> "succeeded";
            case 3 -> "redirected";
            case 4 -> "refused";
            default -> "failed";
          };
    };
  }

  private static Duration[] millis(long... values) {
    return LongStream.of(values).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
  }
}
