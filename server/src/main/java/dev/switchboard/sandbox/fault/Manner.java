package dev.switchboard.sandbox.fault;

import java.time.Duration;

/**
 * How a fault shows, as far as that can be chosen.
 *
 * @param code of a failure, a stream error or an acknowledgement; 0 where there is none
 * @param detail the second code that a temporary ban has; 0 for the usual one
 * @param time the delay of what is late, or how long a ban lasts; zero for the usual one
 * @param percent how many of a hundred it hits, drawn each time; those it spares count as none
 * @param batch how many messages are shuffled together
 */
public record Manner(int code, int detail, Duration time, int percent, int batch) {
  public static final int FEWEST_SHUFFLED = 2;
  public static final int MOST_SHUFFLED = 100;
  public static final Duration LONGEST = Duration.ofDays(366);
  private static final int ALL = 100;
  private static final int USUAL_BATCH = 4;

  /** Each time, and as is usual. */
  public static final Manner USUAL = new Manner(0, 0, Duration.ZERO, ALL, USUAL_BATCH);

  public Manner {
    if (percent < 1 || percent > ALL) {
      throw new IllegalArgumentException("a chance is 1 to 100 of a hundred");
    }
    if (batch < FEWEST_SHUFFLED || batch > MOST_SHUFFLED) {
      throw new IllegalArgumentException("2 to 100 messages can be shuffled");
    }
    if (time.isNegative() || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a time is at most a year");
    }
  }

  public Manner withCode(int other) {
    return new Manner(other, detail, time, percent, batch);
  }

  public Manner withDetail(int other) {
    return new Manner(code, other, time, percent, batch);
  }

  public Manner withTime(Duration other) {
    return new Manner(code, detail, other, percent, batch);
  }

  public Manner withPercent(int other) {
    return new Manner(code, detail, time, other, batch);
  }

  public Manner withBatch(int other) {
    return new Manner(code, detail, time, percent, other);
  }

  /** The time, or another one where none was chosen. */
  public Duration timeOr(Duration usual) {
    return time.isZero() ? usual : time;
  }
}
