package dev.switchboard.instance;

import java.util.concurrent.Semaphore;

/**
 * Lets only so many accounts log in at once, in order of arrival, so that a restart with hundreds
 * of accounts is no storm.
 */
public final class Admission {
  private final Semaphore places;

  public Admission(int loginsAtOnce) {
    this.places = new Semaphore(loginsAtOnce, true);
  }

  /** Waits for a place. */
  Ticket enter() throws InterruptedException {
    places.acquire();
    return new Ticket();
  }

  /** A place; given back once, however often it is closed. Belongs to one thread. */
  final class Ticket implements AutoCloseable {
    private boolean held = true;

    @Override
    public void close() {
      if (held) {
        held = false;
        places.release();
      }
    }
  }
}
