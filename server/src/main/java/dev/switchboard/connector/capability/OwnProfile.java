package dev.switchboard.connector.capability;

/** A capability of engines: to change what others see of an account's owner. From any thread. */
public interface OwnProfile {
  /**
   * Gives the owner another name, on all devices of the account; returns when the network has it.
   *
   * @param pushName 1 to 25 characters
   * @throws dev.switchboard.model.GatewayException INSTANCE_NOT_READY without a connection, or
   *     before what is needed came from the phone; NETWORK_REFUSED; OUTCOME_UNKNOWN when the
   *     network did not answer in time
   */
  void rename(String pushName) throws InterruptedException;
}
