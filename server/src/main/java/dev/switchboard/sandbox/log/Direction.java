package dev.switchboard.sandbox.log;

/** Which way a stanza went. */
public enum Direction {
  TO_CLIENT,
  FROM_CLIENT
}
