package dev.switchboard.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a webhook does.
 *
 * @param waiting how many events were read for it and are to be posted
 * @param oldestWaiting when the oldest of them was recorded
 * @param behind whether more of the log is still to be read
 * @param inFlight how many are being posted
 * @param latency of the newest attempts that were answered, none when there were none of late
 * @param replay what is being replayed
 */
public record WebhookStatistics(
    int waiting,
    Optional<Instant> oldestWaiting,
    boolean behind,
    int inFlight,
    Count lastHour,
    Count lastDay,
    Optional<Latency> latency,
    Breaker breaker,
    Optional<Webhooks.Replay> replay) {
  /** Deliveries that came to their end; of those that are kept. */
  public record Count(long delivered, long failed) {}

  /** How long attempts took that were answered. */
  public record Latency(Duration median, Duration percentile99) {}

  /**
   * Whether the receiver is thought to be away.
   *
   * @param open whether only a probe is posted now and then
   * @param failures how many attempts in a row did not get through
   * @param probeAt when the next probe is made at the earliest, if it is open
   */
  public record Breaker(boolean open, int failures, Optional<Instant> probeAt) {}
}
