package dev.switchboard.connector;

import dev.switchboard.model.instance.ConnectionHealth;
import java.util.Optional;

/**
 * One account's way to its network. {@link #run} is called again and again on the account's own
 * virtual thread, one connection a call; all else may be called from any thread at any time.
 */
public interface Connector {
  /**
   * Connects, pairs or logs in, and serves until the connection ends. Blocks for as long as the
   * connection lives; the calling thread owns the connection's state meanwhile. Pairs when the
   * account's records hold no credentials.
   *
   * @throws InterruptedException when the thread is interrupted; the connection is closed then
   */
  ConnectionEnd run(ConnectorHost host) throws InterruptedException;

  /**
   * Sends one message and waits until the network acknowledged or refused it, or the engine's own
   * deadline passed. The same message may be handed in again after {@link SendOutcome.Retry} or
   * {@link SendOutcome.Unknown}: it goes out under the same id.
   *
   * @throws dev.switchboard.model.GatewayException what the host threw, STORAGE_UNAVAILABLE say;
   *     nothing was written then
   */
  SendOutcome send(OutboundMessage message) throws InterruptedException;

  /**
   * Unlinks this device from the account, while connected.
   *
   * @throws dev.switchboard.model.GatewayException INSTANCE_NOT_READY without a connection
   */
  void unlink() throws InterruptedException;

  /** What is known of the connection that is logged in now; empty without one. */
  default Optional<ConnectionHealth> health() {
    return Optional.empty();
  }

  /**
   * Makes {@link #run} return {@link ConnectionEnd.Stopped} soon. A stop that comes before {@code
   * run} is not lost: that run returns at once.
   */
  void stop();
}
