package dev.switchboard.whatsapp.socket;

import java.net.URI;
import java.time.Duration;

/**
 * Where a websocket leads and what it allows.
 *
 * @param url {@code wss://host[:port]/path}
 * @param origin value of the Origin header
 * @param connectTimeout for TCP, TLS and the upgrade together
 * @param writeTimeout how long a full send buffer is waited for
 * @param maxFrameBytes the greatest websocket frame that is accepted
 */
public record SocketTarget(
    URI url, String origin, Duration connectTimeout, Duration writeTimeout, int maxFrameBytes) {
  private static final int TLS_PORT = 443;

  public SocketTarget {
    if (!"wss".equals(url.getScheme()) || url.getHost() == null) {
      throw new IllegalArgumentException("not a wss url with a host: " + url);
    }
    if (connectTimeout.isNegative() || connectTimeout.isZero() || maxFrameBytes < 1024) {
      throw new IllegalArgumentException("timeouts must be positive, frames at least 1024 bytes");
    }
  }

  String host() {
    return url.getHost();
  }

  int port() {
    return url.getPort() < 0 ? TLS_PORT : url.getPort();
  }
}
