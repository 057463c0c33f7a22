package dev.switchboard.whatsapp.link;

import java.time.Instant;

/** A part of a connection that has something to do at times. On the session's thread only. */
public interface Timed {
  /** Does what is due by now. */
  void tick(Instant now) throws InterruptedException;

  /** When something will be due next; {@link Instant#MAX} when nothing will. */
  Instant deadline();
}
