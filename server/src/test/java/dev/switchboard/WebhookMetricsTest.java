package dev.switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.web.Metrics;
import dev.switchboard.webhook.Attempt;
import dev.switchboard.webhook.Outcome;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookMetricsTest {
  private final PrometheusMeterRegistry registry = Metrics.registry();
  private final WebhookMetrics metrics = new WebhookMetrics(registry);

  @ParameterizedTest
  @CsvSource({
    "204, succeeded",
    "302, redirected",
    "404, refused",
    "410, gone",
    "429, throttled",
    "500, failed",
    "999, failed",
    "101, failed"
  })
  void countsAnswersByTheirClass(int status, String outcome) {
    metrics.attempted(attempt(new Outcome.Answered(status, "secret", Optional.empty())));
    assertThat(registry.scrape())
        .contains("switchboard_webhooks_attempts_seconds_count{outcome=\"" + outcome + "\"} 1")
        .doesNotContain("secret");
  }

  @Test
  void countsWhatWasNotAnsweredByItsCauseAndHowLongItTook() {
    metrics.attempted(attempt(new Outcome.Unreached(Outcome.Cause.TLS_FAILED, "secret")));
    assertThat(registry.scrape())
        .contains(
            "switchboard_webhooks_attempts_seconds_bucket{outcome=\"tls_failed\",le=\"0.025\"} 0")
        .contains(
            "switchboard_webhooks_attempts_seconds_bucket{outcome=\"tls_failed\",le=\"0.05\"} 1")
        .doesNotContain("secret");
  }

  @Test
  void tellsHowLateEventsAreAndHowManyAreNeverPosted() {
    metrics.delivered(Duration.ofHours(2));
    metrics.dropped(7);
    metrics.dropped(2);
    assertThat(registry.scrape())
        .contains("switchboard_webhooks_delay_seconds_bucket{le=\"3600.0\"} 0")
        .contains("switchboard_webhooks_delay_seconds_bucket{le=\"21600.0\"} 1")
        .contains("switchboard_webhooks_events_dropped_total 9");
  }

  @Test
  void successIsThereBeforeThereIsAny() {
    assertThat(registry.scrape())
        .contains("switchboard_webhooks_attempts_seconds_count{outcome=\"succeeded\"} 0")
        .contains("switchboard_webhooks_events_dropped_total 0");
  }

  private static Attempt attempt(Outcome outcome) {
    return new Attempt(1, Instant.EPOCH, Duration.ofMillis(30), outcome);
  }
}
