package dev.switchboard.loadtest.accept;

import dev.switchboard.loadtest.measure.Latencies;
import dev.switchboard.loadtest.measure.Machine;

/**
 * What was measured.
 *
 * @param alone with a single caller
 * @param crowded with all callers
 * @param flushes of the device by the server while it was measured with all callers
 * @param commitFlushes the same of the journal alone
 * @param refused calls of the server that were refused
 */
record AcceptFigures(
    AcceptPlan plan,
    Machine machine,
    Triple alone,
    Triple crowded,
    long flushes,
    long commitFlushes,
    long refused) {
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
