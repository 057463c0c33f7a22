package dev.switchboard.loadtest.fanout;

import dev.switchboard.loadtest.measure.MachineTime;
import dev.switchboard.loadtest.measure.ThreadTimes;
import java.time.Duration;

/**
 * What processors did while messages came in.
 *
 * @param threads of the server
 * @param programs all that take part, the server as a whole among them
 * @param machine whoever they worked for
 * @param messages that were written meanwhile
 * @param time of the clock
 */
record Work(
    ThreadTimes threads, ThreadTimes programs, MachineTime machine, long messages, Duration time) {
  static final String SERVER = "server";
  static final String DATABASE = "PostgreSQL";
  static final String NETWORK = "network (sandbox)";
  static final String CLIENTS = "writers and readers";
  static final String BARE = "bare stream";

  static Work none() {
    return new Work(ThreadTimes.none(), ThreadTimes.none(), MachineTime.none(), 0, Duration.ZERO);
  }

  Work plus(Work other) {
    return new Work(
        threads.plus(other.threads),
        programs.plus(other.programs),
        machine.plus(other.machine),
        messages + other.messages,
        time.plus(other.time));
  }

  /** What was added since. */
  Work minus(Work before) {
    return new Work(
        threads.minus(before.threads),
        programs.minus(before.programs),
        machine.minus(before.machine),
        messages - before.messages,
        time.minus(before.time));
  }

  Duration of(String program) {
    return programs.byName().getOrDefault(program, Duration.ZERO);
  }

  /** Microseconds of a processor for each message. */
  double micros(Duration worked) {
    return messages == 0 ? 0 : worked.toNanos() / 1e3 / messages;
  }

  double messagesPerSecond() {
    return time.isZero() ? 0 : messages * 1e9 / time.toNanos();
  }
}
