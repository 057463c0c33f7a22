package dev.switchboard.loadtest.events;

import dev.switchboard.loadtest.client.EventClient;

/** The server as readers find it: elsewhere after each restart, and nowhere in between. */
@FunctionalInterface
public interface ServerAddress {
  /** Waits until the server is there, and connects to it. */
  EventClient await() throws InterruptedException;
}
