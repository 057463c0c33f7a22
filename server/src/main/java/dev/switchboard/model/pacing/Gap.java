package dev.switchboard.model.pacing;

import dev.switchboard.model.GatewayException;
import java.time.Duration;

/**
 * How long to wait between two messages: anything between the minimum and the maximum, moved by
 * anything up to the jitter to either side, each as likely as the other.
 *
 * @param minimum not below the jitter
 * @param maximum not below the minimum, at most an hour
 * @param jitter zero for none
 */
public record Gap(Duration minimum, Duration maximum, Duration jitter) {
  private static final Duration LONGEST = Duration.ofHours(1);

  /** No waiting. */
  public static final Gap NONE = new Gap(Duration.ZERO, Duration.ZERO, Duration.ZERO);

  /** 2 to 5 seconds, as somebody writes who answers one after the other. */
  public static final Gap BRISK =
      new Gap(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ZERO);

  /** 30 to 45 seconds, 10 more or less, for accounts that write to many strangers. */
  public static final Gap CAUTIOUS =
      new Gap(Duration.ofSeconds(30), Duration.ofSeconds(45), Duration.ofSeconds(10));

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long ALL_ONES = 0xFFFF_FFFFL;

  public Gap {
    if (minimum.isNegative()) {
      throw GatewayException.invalidField("pacing.gap.minimum", "must not be negative");
    }
    if (maximum.compareTo(minimum) < 0) {
      throw GatewayException.invalidField("pacing.gap.maximum", "must not be below the minimum");
    }
    if (maximum.compareTo(LONGEST) > 0) {
      throw GatewayException.invalidField("pacing.gap.maximum", "must be at most an hour");
    }
    if (jitter.isNegative() || jitter.compareTo(minimum) > 0) {
      throw GatewayException.invalidField("pacing.gap.jitter", "must be between 0 and the minimum");
    }
  }

  /** The shortest that a gap can be. */
  public Duration shortest() {
    return minimum.minus(jitter);
  }

  /** The longest that a gap can be. */
  public Duration longest() {
    return maximum.plus(jitter);
  }

  /**
   * The gap that a random number stands for, in whole milliseconds: the same number, the same gap.
   *
   * @param draw 64 random bits; the upper half chooses between minimum and maximum, the lower half
   *     the jitter
   */
  public long millis(long draw) {
    double between = (draw >>> 32) / (double) ALL_ONES * maximum.minus(minimum).toNanos();
    double moved = ((draw & ALL_ONES) * 2 / (double) ALL_ONES - 1) * jitter.toNanos();
    long nanos = minimum.toNanos() + Math.round(between + moved);
    return Math.ceilDiv(nanos, NANOS_PER_MILLI); // Never shorter than the shortest.
  }
}
