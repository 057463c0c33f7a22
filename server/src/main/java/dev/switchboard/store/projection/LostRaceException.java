package dev.switchboard.store.projection;

/** Somebody changed what was read before it was written: the transaction is to be tried again. */
final class LostRaceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LostRaceException(String message) {
    super(message);
  }
}
