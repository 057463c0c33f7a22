package dev.switchboard.outbox.carry;

import java.time.Duration;

/**
 * When old files of the journal go.
 *
 * @param cycles how many files are kept at least
 * @param interval how often to look
 * @param patience how long to wait in all for messages that are on their way before their files are
 *     left for the next time
 */
public record CarryPolicy(int cycles, Duration interval, Duration patience) {
  public CarryPolicy {
    if (cycles < 1) {
      throw new IllegalArgumentException("the file that is written to cannot go");
    }
  }
}
