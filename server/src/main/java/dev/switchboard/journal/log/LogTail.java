package dev.switchboard.journal.log;

import java.time.Duration;
import java.util.List;

/** Reads a log from a position on, in order. Belongs to the thread that first reads. */
public interface LogTail<T> extends AutoCloseable {
  /**
   * The next entries, as soon as there is one.
   *
   * @param most how many to return at most
   * @param atMost how long to wait for the first one
   * @return none when there was none in time
   * @throws IllegalStateException when the log is closed, or the next entries are being deleted
   */
  List<T> next(int most, Duration atMost) throws InterruptedException;

  @Override
  void close();
}
