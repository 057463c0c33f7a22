package dev.switchboard.loadtest.accept;

import dev.switchboard.loadtest.measure.Latencies;
import dev.switchboard.loadtest.measure.Machine;
import dev.switchboard.loadtest.measure.ThreadTimes;
import java.time.Duration;

/**
 * What was measured.
 *
 * @param alone with a single caller
 * @param crowded with all callers
 * @param flushes of the device by the server while it was measured with all callers
 * @param commitFlushes the same of the journal alone
 * @param refused calls of the server that were refused
 * @param echoTimes how long processors worked for the echo's threads with all callers
 * @param acceptTimes the same of the server's, and of its database
 */
record AcceptFigures(
    AcceptPlan plan,
    Machine machine,
    Triple alone,
    Triple crowded,
    long flushes,
    long commitFlushes,
    long refused,
    ThreadTimes echoTimes,
    ThreadTimes acceptTimes) {
  private static final double LEAST_RATIO = 0.6;
  private static final double LONGEST_ALONE_MILLIS = 1;

  /** The same load on each of the three. */
  record Triple(Latencies echo, Latencies accept, Latencies commit) {
    static Triple none() {
      return new Triple(Latencies.none(), Latencies.none(), Latencies.none());
    }

    Triple plus(Triple other) {
      return new Triple(
          echo.plus(other.echo), accept.plus(other.accept), commit.plus(other.commit));
    }
  }

  /** Throughput of the server as a part of the echo's. */
  double ratio() {
    return crowded.accept().perSecond() / crowded.echo().perSecond();
  }

  /** Microseconds of processor that the echo took for a call. */
  double echoMicros() {
    return micros(echoTimes.sum(), crowded.echo());
  }

  /** The same of the server and its database. */
  double acceptMicros() {
    return micros(acceptTimes.sum(), crowded.accept());
  }

  private static double micros(Duration worked, Latencies calls) {
    return calls.count() == 0 ? 0 : worked.toNanos() / 1e3 / calls.count();
  }

  double longestAllowedMillis() {
    return crowded.echo().millis(99) + 2 * crowded.commit().millis(99);
  }

  boolean ratioHolds() {
    return ratio() >= LEAST_RATIO;
  }

  boolean tailHolds() {
    return crowded.accept().millis(99) <= longestAllowedMillis();
  }

  boolean aloneHolds() {
    return alone.accept().millis(50) < LONGEST_ALONE_MILLIS;
  }
}
