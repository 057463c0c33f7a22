package dev.switchboard.whatsapp.link;

import java.time.Instant;
import java.util.List;

/** A part of a connection that has something to do at times. On the session's thread only. */
public interface Timed {
  /** Does what is due by now. */
  void tick(Instant now) throws InterruptedException;

  /** When something will be due next; {@link Instant#MAX} when nothing will. */
  Instant deadline();

  /** When the first of several will have something to do. Asked after each stanza. */
  static Instant earliest(List<Timed> parts) {
    Instant first = Instant.MAX;
    for (Timed part : parts) {
      Instant due = part.deadline();
      first = due.isBefore(first) ? due : first;
    }
    return first;
  }
}
