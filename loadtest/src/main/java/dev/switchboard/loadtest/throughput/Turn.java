package dev.switchboard.loadtest.throughput;

import dev.switchboard.loadtest.measure.Latencies;
import dev.switchboard.loadtest.measure.ThreadTimes;
import java.time.Duration;

/**
 * What a sender did and what it cost, in one turn or in several.
 *
 * @param latencies from the call to the network's acknowledgement
 * @param failed messages without one, or of which the call failed
 * @param cost until it was quiet again, so that nothing put off is left out
 */
record Turn(Latencies latencies, long failed, Cost cost) {
  /**
   * Processor time.
   *
   * @param program of the sender's process or processes
   * @param database of its PostgreSQL, all processes
   * @param threads of the program, those that have ended apart; none where nobody looked
   */
  record Cost(Duration program, Duration database, ThreadTimes threads) {
    static final Cost NONE = new Cost(Duration.ZERO, Duration.ZERO, ThreadTimes.none());

    Cost plus(Cost other) {
      return new Cost(
          program.plus(other.program), database.plus(other.database), threads.plus(other.threads));
    }

    Cost minus(Cost other) {
      return new Cost(
          program.minus(other.program),
          database.minus(other.database),
          threads.minus(other.threads));
    }

    /** So many times this; of the threads nothing is known then. */
    Cost times(double factor) {
      return new Cost(
          Duration.ofNanos(Math.round(program.toNanos() * factor)),
          Duration.ofNanos(Math.round(database.toNanos() * factor)),
          ThreadTimes.none());
    }

    /** Without the other, as far as that is in it. */
    Cost without(Cost other) {
      return new Cost(
          longest(program.minus(other.program), Duration.ZERO),
          longest(database.minus(other.database), Duration.ZERO),
          threads);
    }

    private static Duration longest(Duration one, Duration other) {
      return one.compareTo(other) > 0 ? one : other;
    }

    Duration sum() {
      return program.plus(database);
    }
  }

  static final Turn NONE = new Turn(Latencies.none(), 0, Cost.NONE);
  private static final int TENTH = 10;
  private static final double NANOS = 1e9;
  private static final double NANOS_PER_MICRO = 1e3;

  Turn plus(Turn other) {
    return new Turn(latencies.plus(other.latencies), failed + other.failed, cost.plus(other.cost));
  }

  /** Whether so many messages failed that the others say little. */
  boolean failing() {
    return failed * TENTH > latencies.count();
  }

  double perSecond() {
    return latencies.perSecond();
  }

  /** Messages for each second of a processor. */
  double perCpuSecond() {
    long nanos = cost.sum().toNanos();
    return nanos == 0 ? 0 : latencies.count() * NANOS / nanos;
  }

  /** Microseconds of a processor for each message, of the program alone. */
  double programMicros() {
    return micros(cost.program());
  }

  /** The same of its database. */
  double databaseMicros() {
    return micros(cost.database());
  }

  private double micros(Duration time) {
    return latencies.count() == 0 ? 0 : time.toNanos() / NANOS_PER_MICRO / latencies.count();
  }
}
