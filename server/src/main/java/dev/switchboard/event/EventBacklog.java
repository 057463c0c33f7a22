package dev.switchboard.event;

import java.time.Duration;

/** The events that happened and are not told yet. */
public interface EventBacklog {
  /**
   * Waits until everything is told of which the transaction had ended before this call.
   *
   * @return whether it is; not when that took too long, as while the log takes nothing
   */
  boolean awaitTold(Duration atMost) throws InterruptedException;
}
