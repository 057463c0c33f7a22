package dev.switchboard.webhook;

/** Posts what it is given. Safe for use by many threads. */
public interface Courier {
  /** Posts it once and waits for the answer; within a time that the courier limits. */
  Outcome deliver(Parcel parcel) throws InterruptedException;

  /**
   * Looks at an address, as far as that is possible without looking its name up.
   *
   * @throws dev.switchboard.model.GatewayException INVALID_FIELD of {@code url}
   */
  void check(String url);
}
