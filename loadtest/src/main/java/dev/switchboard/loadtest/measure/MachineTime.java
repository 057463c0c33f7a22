package dev.switchboard.loadtest.measure;

import dev.switchboard.loadtest.run.LoadTestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How long the processors of the machine worked, for whomever, as Linux tells in {@code
 * /proc/stat}.
 *
 * @param busy all processors together, what other machines on the same host took included
 * @param all the same with the time in which they had nothing to do
 * @param stolen what other machines on the same host took
 */
public record MachineTime(Duration busy, Duration all, Duration stolen) {
  private static final int MILLIS_PER_TICK = 10;
  private static final int IDLE = 4;
  private static final int WAITING = 5;

  /** What lies behind is counted among the rest already. */
  private static final int STOLEN = 8;

  public static MachineTime none() {
    return new MachineTime(Duration.ZERO, Duration.ZERO, Duration.ZERO);
  }

  /** Since the machine was started. */
  public static MachineTime now() {
    try {
      return parse(Files.readString(Path.of("/proc/stat")));
    } catch (IOException e) {
      throw new LoadTestException("the processor time of the machine cannot be read", e);
    }
  }

  /**
   * Reads what Linux printed.
   *
   * @throws LoadTestException if it is something else
   */
  public static MachineTime parse(String printed) {
    String[] fields = printed.lines().findFirst().orElse("").split(" +", -1);
    if (!fields[0].equals("cpu") || fields.length <= STOLEN) {
      throw new LoadTestException("this is no state of a machine: " + fields[0]);
    }
    long busy = 0;
    long all = 0;
    for (int field = 1; field <= STOLEN; field++) {
      long ticks = Long.parseLong(fields[field]);
      all += ticks;
      busy += field == IDLE || field == WAITING ? 0 : ticks;
    }
    return new MachineTime(time(busy), time(all), time(Long.parseLong(fields[STOLEN])));
  }

  private static Duration time(long ticks) {
    return Duration.ofMillis(ticks * MILLIS_PER_TICK);
  }

  public MachineTime plus(MachineTime other) {
    return new MachineTime(busy.plus(other.busy), all.plus(other.all), stolen.plus(other.stolen));
  }

  /** What was added since. */
  public MachineTime minus(MachineTime before) {
    return new MachineTime(
        busy.minus(before.busy), all.minus(before.all), stolen.minus(before.stolen));
  }

  /** Which part of the time the processors worked: 0 to 1. */
  public double share() {
    return part(busy);
  }

  /** Which part of the time other machines on the same host took: 0 to 1. */
  public double stolenShare() {
    return part(stolen);
  }

  private double part(Duration time) {
    return all.isZero() ? 0 : (double) time.toMillis() / all.toMillis();
  }
}
