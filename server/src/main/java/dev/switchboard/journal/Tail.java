package dev.switchboard.journal;

import java.time.Duration;
import java.util.List;

/** Reads a journal from a position on, in order. Belongs to the thread that first reads. */
public interface Tail extends AutoCloseable {
  /**
   * The next entries, as soon as there is one.
   *
   * @param most how many to return at most
   * @param atMost how long to wait for the first one
   * @return none when there was none in time
   */
  List<Positioned> next(int most, Duration atMost) throws InterruptedException;

  @Override
  void close();
}
