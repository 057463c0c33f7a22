package dev.switchboard.webhook.queue;

import dev.switchboard.webhook.WebhookStatistics.Latency;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** How long the newest answers took. */
final class Latencies {
  /** Of how many attempts. */
  static final int KEPT = 512;

  private static final double MEDIAN = 0.5;
  private static final double HIGH = 0.99;

  private int[] millis = new int[0];
  private int count;

  void add(Duration latency) {
    if (count >= millis.length && millis.length < KEPT) {
      millis = Arrays.copyOf(millis, Math.clamp(millis.length * 2L, 16, KEPT));
    }
    millis[count % KEPT] = (int) Math.min(latency.toMillis(), Integer.MAX_VALUE);
    count = count == 2 * KEPT - 1 ? KEPT : count + 1;
  }

  Optional<Latency> latency() {
    int[] sorted = Arrays.copyOf(millis, Math.min(count, KEPT));
    if (sorted.length == 0) {
      return Optional.empty();
    }
    Arrays.sort(sorted);
    return Optional.of(new Latency(at(sorted, MEDIAN), at(sorted, HIGH)));
  }

  private static Duration at(int[] sorted, double share) {
    int place = (int) Math.ceil(share * sorted.length) - 1;
    return Duration.ofMillis(sorted[Math.max(0, place)]);
  }
}
