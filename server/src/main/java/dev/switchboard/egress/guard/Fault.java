package dev.switchboard.egress.guard;

/** Why there is no answer. */
public enum Fault {
  REFUSED,
  NAME_NOT_FOUND,
  CONNECT_FAILED,
  TLS_FAILED,
  TIMED_OUT,
  BROKEN_ANSWER
}
