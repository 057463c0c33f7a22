package dev.switchboard.loadtest.core.program;

import dev.switchboard.model.pacing.Budgets;
import dev.switchboard.model.pacing.Gap;
import dev.switchboard.model.pacing.PacingPolicy;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Accounts by what holds them back: in a minute and a half that can only be the hour or the day for
 * an account that has sent much before.
 */
enum Kind {
  /** The standard policy and nothing sent before: the gap. */
  GAP,
  /** Gaps of 2 to 2.5 seconds, so that 20 a minute is less. */
  MINUTE,
  /** 100 sent in the last hour, the first of them about to be an hour old. */
  HOUR,
  /** 1,000 sent in the last day, the first of them about to be a day old. */
  DAY;

  private static final Gap SHORT =
      new Gap(Duration.ofSeconds(2), Duration.ofMillis(2_500), Duration.ZERO);
  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  /** One after the other gets old enough while the run lasts. */
  private static final int FALLING_DUE = 20;

  private static final long DUE_EVERY_MILLIS = 8_000;

  static Kind of(int account) {
    return values()[account % values().length];
  }

  PacingPolicy policy() {
    PacingPolicy standard = PacingPolicy.STANDARD;
    return this == MINUTE
        ? new PacingPolicy(
            SHORT,
            standard.budgets(),
            standard.newRecipients(),
            standard.quietHours(),
            standard.typing())
        : standard;
  }

  /** By how many milliseconds an account began earlier than others: not all fall due at once. */
  static long stagger(int account) {
    return account % DUE_EVERY_MILLIS;
  }

  /** When it sent something before, in milliseconds, ascending. */
  long[] before(long now) {
    return switch (this) {
      case GAP, MINUTE -> new long[0];
      case HOUR -> before(now, HOUR_MILLIS, Budgets.STANDARD.perHour());
      case DAY -> before(now, DAY_MILLIS, Budgets.STANDARD.perDay());
    };
  }

  private static long[] before(long now, long within, int count) {
    long due = FALLING_DUE * DUE_EVERY_MILLIS;
    long rest = (within - due) / 2 / (count - FALLING_DUE);
    LongStream falling =
        LongStream.range(0, FALLING_DUE).map(i -> now - within + i * DUE_EVERY_MILLIS);
    LongStream others =
        LongStream.range(0, count - FALLING_DUE).map(i -> now - within + due + i * rest);
    return LongStream.concat(falling, others).toArray();
  }

  /**
   * How often more was sent within a minute, an hour or a day, or sooner, than is allowed.
   *
   * @param from the place of the first that is looked at
   */
  static int exceeded(long[] times, int from, PacingPolicy policy) {
    Budgets budgets = policy.budgets();
    return tooSoon(times, from, 1, policy.gap().shortest().toMillis())
        + tooSoon(times, from, budgets.perMinute(), Duration.ofMinutes(1).toMillis())
        + tooSoon(times, from, budgets.perHour(), HOUR_MILLIS)
        + tooSoon(times, from, budgets.perDay(), DAY_MILLIS);
  }

  /** How many came within that time after the one that many places before. */
  private static int tooSoon(long[] times, int from, int places, long within) {
    int count = 0;
    for (int i = Math.max(from, places); i < times.length; i++) {
      count += times[i] - times[i - places] < within ? 1 : 0;
    }
    return count;
  }

  /** By how much the shortest minute of one message too many is shorter than a minute, or 0. */
  static long shortBy(long[] times, PacingPolicy policy) {
    int places = policy.budgets().perMinute();
    long minute = Duration.ofMinutes(1).toMillis();
    long shortest =
        LongStream.range(places, times.length)
            .map(i -> times[(int) i] - times[(int) i - places])
            .min()
            .orElse(minute);
    return Math.max(0, minute - shortest);
  }

  /** Two ascending series, one after the other. */
  static long[] joined(long[] first, long[] second) {
    long[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
