package dev.switchboard.outbox;

/** How far storage is behind the journal. */
public interface Backlog {
  /**
   * Lets one more message in.
   *
   * @throws dev.switchboard.model.GatewayException STORAGE_UNAVAILABLE when storage is too far
   *     behind
   */
  void admit();

  /**
   * Waits, for a while, until storage has everything before this position.
   *
   * @throws dev.switchboard.model.GatewayException STORAGE_UNAVAILABLE when it does not have it
   *     then: what is read from it would be out of date
   */
  void awaitStored(long position) throws InterruptedException;
}
