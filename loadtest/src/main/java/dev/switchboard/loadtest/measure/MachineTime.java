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
 */
public record MachineTime(Duration busy, Duration all) {
  private static final int MILLIS_PER_TICK = 10;
  private static final int IDLE = 4;
  private static final int WAITING = 5;

  /** What lies behind is counted among the rest already. */
  private static final int STOLEN = 8;

  public static MachineTime none() {
    return new MachineTime(Duration.ZERO, Duration.ZERO);
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
    return new MachineTime(
        Duration.ofMillis(busy * MILLIS_PER_TICK), Duration.ofMillis(all * MILLIS_PER_TICK));
  }

  public MachineTime plus(MachineTime other) {
    return new MachineTime(busy.plus(other.busy), all.plus(other.all));
  }

  /** What was added since. */
  public MachineTime minus(MachineTime before) {
    return new MachineTime(busy.minus(before.busy), all.minus(before.all));
  }

  /** Which part of the time the processors worked: 0 to 1. */
  public double share() {
    return all.isZero() ? 0 : (double) busy.toMillis() / all.toMillis();
  }
}
