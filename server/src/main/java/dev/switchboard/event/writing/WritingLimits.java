package dev.switchboard.event.writing;

import java.time.Duration;

/**
 * The bounds of writing.
 *
 * @param mostWaiting how many events may wait in memory for the log; more wait in storage
 * @param mostWaitingBytes how much they may take
 * @param mostUndeleted how many events that are in the log may wait in storage still, before no
 *     more are written
 * @param checkpointInterval after how many events a checkpoint is written
 * @param retryDelay how long to wait when the log or storage does not take something
 */
public record WritingLimits(
    int mostWaiting,
    long mostWaitingBytes,
    int mostUndeleted,
    int checkpointInterval,
    Duration retryDelay) {
  public WritingLimits {
    if (mostWaiting < 1 || mostWaitingBytes < 1 || mostUndeleted < 1 || checkpointInterval < 1) {
      throw new IllegalArgumentException("a bound of writing events is out of range");
    }
  }
}
