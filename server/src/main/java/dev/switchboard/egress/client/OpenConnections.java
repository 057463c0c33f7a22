package dev.switchboard.egress.client;

import com.linecorp.armeria.client.ConnectionPoolListenerAdapter;
import com.linecorp.armeria.common.SessionProtocol;
import io.netty.util.AttributeMap;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the connections that are open, at work or kept for the next request. */
final class OpenConnections extends ConnectionPoolListenerAdapter {
  private final AtomicInteger open = new AtomicInteger();

  int count() {
    return open.get();
  }

  @Override
  public void connectionOpen(
      SessionProtocol protocol,
      InetSocketAddress remote,
      InetSocketAddress local,
      AttributeMap attributes) {
    open.incrementAndGet();
  }

  @Override
  public void connectionClosed(
      SessionProtocol protocol,
      InetSocketAddress remote,
      InetSocketAddress local,
      AttributeMap attributes,
      String reason) {
    open.decrementAndGet();
  }
}
