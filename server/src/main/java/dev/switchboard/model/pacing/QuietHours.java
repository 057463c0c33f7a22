package dev.switchboard.model.pacing;

import dev.switchboard.model.GatewayException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * When nothing is sent, by the clock on the wall: where clocks are put back, the hour that comes
 * twice is quiet twice.
 *
 * @param zone whose clock it is
 * @param intervals none for never quiet; together they leave at least one hour of the day
 */
public record QuietHours(ZoneId zone, List<Interval> intervals) {
  private static final int MOST_INTERVALS = 8;
  private static final int DAY_MINUTES = (int) TimeUnit.DAYS.toMinutes(1);
  private static final int DAY_SECONDS = (int) TimeUnit.DAYS.toSeconds(1);
  private static final int LEAST_OPEN_MINUTES = 60;
  private static final String FIELD = "pacing.quiet_hours";

  /** From one time of the day up to another; past midnight when that is the earlier one. */
  public record Interval(LocalTime from, LocalTime to) {
    public Interval {
      if (!wholeMinutes(from) || !wholeMinutes(to) || from.equals(to)) {
        throw GatewayException.invalidField(
            FIELD + ".intervals", "must have two different times in whole minutes");
      }
    }

    private static boolean wholeMinutes(LocalTime time) {
      return time.truncatedTo(ChronoUnit.MINUTES).equals(time);
    }

    /** How many seconds it lasts yet at that second of the day; 0 outside of it. */
    private int left(int second) {
      int since = Math.floorMod(second - from.toSecondOfDay(), DAY_SECONDS);
      int length = Math.floorMod(to.toSecondOfDay() - from.toSecondOfDay(), DAY_SECONDS);
      return Math.max(0, length - since);
    }
  }

  public QuietHours {
    intervals = List.copyOf(intervals);
    if (intervals.size() > MOST_INTERVALS) {
      throw GatewayException.invalidField(
          FIELD + ".intervals", "must be at most " + MOST_INTERVALS);
    }
    if (openMinutes(intervals) < LEAST_OPEN_MINUTES) {
      throw GatewayException.invalidField(
          FIELD + ".intervals", "must leave at least one hour of the day");
    }
  }

  /** Whether nothing may be sent at that time. */
  public boolean holdsAt(Instant time) {
    return !intervals.isEmpty() && left(intervals, secondOfDay(time)) > 0;
  }

  /** The first time from this one on at which something may be sent. */
  public Instant openFrom(Instant time) {
    Instant at = time;
    while (holdsAt(at)) {
      Instant end = at.truncatedTo(ChronoUnit.SECONDS).plusSeconds(left(at));
      at = earlier(end, clockChangeAfter(at)); // What the clock shows then is looked at anew.
    }
    return at;
  }

  private int left(Instant time) {
    return left(intervals, secondOfDay(time));
  }

  private static int left(List<Interval> intervals, int second) {
    int most = 0;
    for (Interval interval : intervals) {
      most = Math.max(most, interval.left(second));
    }
    return most;
  }

  private int secondOfDay(Instant time) {
    ZoneOffset offset = zone.getRules().getOffset(time);
    return Math.floorMod(time.getEpochSecond() + offset.getTotalSeconds(), DAY_SECONDS);
  }

  private Instant clockChangeAfter(Instant time) {
    var change = zone.getRules().nextTransition(time);
    return change == null ? Instant.MAX : change.getInstant();
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static int openMinutes(List<Interval> intervals) {
    int open = 0;
    for (int minute = 0; minute < DAY_MINUTES; minute++) {
      open += left(intervals, (int) TimeUnit.MINUTES.toSeconds(minute)) == 0 ? 1 : 0;
    }
    return open;
  }
}
