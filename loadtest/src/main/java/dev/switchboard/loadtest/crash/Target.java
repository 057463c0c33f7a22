package dev.switchboard.loadtest.crash;

import dev.switchboard.loadtest.client.GatewayClient;
import org.jspecify.annotations.Nullable;

/** The server as callers find it: another address after each restart, and none in between. */
final class Target {
  private @Nullable GatewayClient gateway;

  synchronized void moveTo(@Nullable GatewayClient next) {
    gateway = next;
    notifyAll();
  }

  synchronized GatewayClient await() throws InterruptedException {
    while (gateway == null) {
      wait();
    }
    return gateway;
  }
}
