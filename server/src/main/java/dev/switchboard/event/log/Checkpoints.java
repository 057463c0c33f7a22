package dev.switchboard.event.log;

import java.time.Instant;

/**
 * Writes down what is known, soon after a file begins and whenever much was appended: so a start
 * reads little, and old files are not needed for it.
 */
public final class Checkpoints {
  private final EventLog log;
  private final int interval;
  private int since;
  private long next;
  private boolean due;
  private volatile long last;

  /**
   * @param interval after how many events the next one is written
   * @param last where the last one begins
   */
  public Checkpoints(EventLog log, int interval, long last) {
    this.log = log;
    this.interval = interval;
    this.last = last;
    this.next = log.end();
  }

  /** Where the last one begins; what lies before it is not needed for a start. */
  public long last() {
    return last;
  }

  /** An event was appended. */
  public void appended(long position) {
    since++;
    due |= since >= interval || position != next; // Within a file positions ascend by one.
    next = position + 1;
  }

  /** Whether it is time for one. */
  public boolean due() {
    return due;
  }

  /** Appends one. Fails as an append does; then it is due still. */
  public void append(Standings standings, Instant at) throws InterruptedException {
    EventEntry.Kept kept = log.kept();
    last = log.append(standings.parts(kept), at);
    next = log.end();
    since = 0;
    due = !kept.equals(log.kept()); // A deletion that was noted before it is not in it.
  }
}
