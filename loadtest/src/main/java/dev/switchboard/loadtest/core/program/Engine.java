package dev.switchboard.loadtest.core.program;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.Connector;
import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.connector.OutboundMessage;
import dev.switchboard.connector.SendOutcome;

/** An engine that does what it is told with each message; nobody runs a connection of it. */
@FunctionalInterface
interface Engine extends Connector {
  @Override
  SendOutcome send(OutboundMessage message) throws InterruptedException;

  @Override
  default ConnectionEnd run(ConnectorHost host) {
    throw new UnsupportedOperationException("its messages are all that is asked for");
  }

  @Override
  default void unlink() {}

  @Override
  default void stop() {}
}
