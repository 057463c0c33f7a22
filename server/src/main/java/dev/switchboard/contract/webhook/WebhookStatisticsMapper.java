package dev.switchboard.contract.webhook;

import dev.switchboard.api.v1.WebhookBreaker;
import dev.switchboard.api.v1.WebhookCounts;
import dev.switchboard.api.v1.WebhookReplay;
import dev.switchboard.contract.Times;
import dev.switchboard.webhook.WebhookStatistics;
import dev.switchboard.webhook.Webhooks;
import java.util.function.LongFunction;

/** How a webhook does. */
public final class WebhookStatisticsMapper {
  private WebhookStatisticsMapper() {}

  /**
   * What is counted.
   *
   * @param cursors the cursor of a position
   */
  public static dev.switchboard.api.v1.WebhookStatistics toContract(
      String webhookId, WebhookStatistics counted, LongFunction<String> cursors) {
    var contract =
        dev.switchboard.api.v1.WebhookStatistics.newBuilder()
            .setWebhookId(webhookId)
            .setWaitingCount(counted.waiting())
            .setBehind(counted.behind())
            .setInFlightCount(counted.inFlight())
            .setLastHour(toContract(counted.lastHour()))
            .setLastDay(toContract(counted.lastDay()))
            .setBreaker(toContract(counted.breaker()));
    counted
        .oldestWaiting()
        .ifPresent(oldest -> contract.setOldestWaitingTime(Times.toContract(oldest)));
    counted
        .latency()
        .ifPresent(latency ->
            contract
                .setLatencyP50(Times.toContract(latency.median()))
                .setLatencyP99(Times.toContract(latency.percentile99())));
    counted.replay().ifPresent(replay -> contract.setReplay(toContract(replay, cursors)));
    return contract.build();
  }

  /** From where to where a replay goes. */
  public static WebhookReplay toContract(Webhooks.Replay replay, LongFunction<String> cursors) {
    return WebhookReplay.newBuilder()
        .setCursor(cursors.apply(replay.next()))
        .setEndCursor(cursors.apply(replay.until()))
        .build();
  }

  private static WebhookCounts toContract(WebhookStatistics.Count count) {
    return WebhookCounts.newBuilder()
        .setDeliveredCount(count.delivered())
        .setFailedCount(count.failed())
        .build();
  }

  private static WebhookBreaker toContract(WebhookStatistics.Breaker breaker) {
    var contract =
        WebhookBreaker.newBuilder().setOpen(breaker.open()).setFailureCount(breaker.failures());
    breaker.probeAt().ifPresent(at -> contract.setProbeTime(Times.toContract(at)));
    return contract.build();
  }
}
