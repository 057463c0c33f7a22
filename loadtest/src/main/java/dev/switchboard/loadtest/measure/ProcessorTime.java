package dev.switchboard.loadtest.measure;

import dev.switchboard.loadtest.run.LoadTestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How long processors worked for a process since it began, as Linux tells in {@code
 * /proc/PID/stat}.
 *
 * @param own of the process, all its threads together, in its own code and in the system's
 * @param ended the same of its children that have ended
 */
public record ProcessorTime(Duration own, Duration ended) {
  /** What Linux counts in, whatever its own clock does. */
  private static final int TICKS_PER_SECOND = 100;

  /** The name of the program stands in brackets before these and may hold anything. */
  private static final int FIELDS_BEFORE = 3;

  private static final int USER = 14;
  private static final int SYSTEM = 15;
  private static final int ENDED_USER = 16;
  private static final int ENDED_SYSTEM = 17;

  /** Reads the time of a process that runs. */
  public static ProcessorTime of(long pid) {
    try {
      return parse(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
    } catch (IOException e) {
      throw new LoadTestException("the processor time of process " + pid + " cannot be read", e);
    }
  }

  /** Of a process with all its children, those that have ended included. */
  public static Duration ofFamily(ProcessHandle parent) {
    ProcessorTime own = of(parent.pid());
    return parent
        .children()
        .map(ProcessorTime::unlessEnded)
        .reduce(own.own.plus(own.ended), Duration::plus);
  }

  /** One that ends at this moment is in its parent's count the next time. */
  private static Duration unlessEnded(ProcessHandle child) {
    try {
      ProcessorTime time = of(child.pid());
      return time.own.plus(time.ended);
    } catch (LoadTestException e) {
      return Duration.ZERO;
    }
  }

  /**
   * Reads what Linux printed.
   *
   * @throws LoadTestException if it is something else
   */
  public static ProcessorTime parse(String printed) {
    String[] fields = printed.substring(printed.lastIndexOf(')') + 1).strip().split(" ");
    if (fields.length <= ENDED_SYSTEM - FIELDS_BEFORE) {
      throw new LoadTestException("this is no state of a process: " + printed);
    }
    return new ProcessorTime(
        ticks(fields, USER).plus(ticks(fields, SYSTEM)),
        ticks(fields, ENDED_USER).plus(ticks(fields, ENDED_SYSTEM)));
  }

  private static Duration ticks(String[] fields, int field) {
    return Duration.ofMillis(
        Long.parseLong(fields[field - FIELDS_BEFORE]) * 1000 / TICKS_PER_SECOND);
  }
}
