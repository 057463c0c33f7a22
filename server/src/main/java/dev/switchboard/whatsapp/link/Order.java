package dev.switchboard.whatsapp.link;

/** Something another thread wants done on the session's thread. */
public interface Order {
  /** Does it, on the session's thread. */
  void carryOut() throws InterruptedException;

  /** The session ended before it could be done; told at most once, instead of carrying out. */
  void abandon();
}
