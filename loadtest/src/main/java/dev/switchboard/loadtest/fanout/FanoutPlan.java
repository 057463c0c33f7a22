package dev.switchboard.loadtest.fanout;

import dev.switchboard.loadtest.run.LoadTestException;
import java.time.Duration;
import java.util.List;

/**
 * What is measured.
 *
 * @param readers that read what comes
 * @param slow readers beside them, in every second turn of the server
 * @param slowRate events a second that a slow one reads
 * @param stalled readers that read nothing, in the same turns
 * @param rate events a second of all accounts together
 * @param accounts that the events happen to
 * @param bytes of a text
 * @param rounds in which the servers take turns
 * @param time of each turn
 * @param warmUp of each server, before all; and a tenth of a turn before each
 * @param sleepEvents that pass while one reader sleeps
 * @param patience for each step that is waited for
 * @param serverOptions flags of both servers
 */
record FanoutPlan(
    int readers,
    int slow,
    int slowRate,
    int stalled,
    double rate,
    int accounts,
    int bytes,
    int rounds,
    Duration time,
    Duration warmUp,
    long sleepEvents,
    Duration patience,
    List<String> serverOptions) {
  private static final int LEAST_BYTES = 32;

  FanoutPlan {
    if (readers < 1 || accounts < 1 || rounds < 1 || rate <= 0 || !time.isPositive()) {
      throw new LoadTestException("there must be a reader, an account, a rate, a round and a time");
    }
    if (slow < 0 || stalled < 0 || slowRate < 1 || bytes < LEAST_BYTES) {
      throw new LoadTestException("a text has 32 bytes at least, and a slow reader reads");
    }
    serverOptions = List.copyOf(serverOptions);
  }

  Duration lead() {
    return time.dividedBy(10);
  }

  /** Only those that read. */
  Crowd.Size alone() {
    return new Crowd.Size(readers, 0, 0, slowRate);
  }

  /** Those that read, with slow and stalled ones beside them. */
  Crowd.Size beside() {
    return new Crowd.Size(readers, slow, stalled, slowRate);
  }
}
