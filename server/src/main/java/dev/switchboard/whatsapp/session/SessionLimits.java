package dev.switchboard.whatsapp.session;

import dev.switchboard.whatsapp.health.HealthLimits;
import java.time.Duration;

/**
 * The bounds of one connection.
 *
 * @param handshakeTimeout how long the server may take for each answer of the handshake and login
 * @param requestTimeout how long a request waits for its reply
 * @param shortestPingInterval with {@code longestPingInterval} the range of the random pause
 *     between pings
 * @param deadLinkTimeout how long after a ping nothing at all may arrive
 * @param mailboxBytes how much may wait to be read before the socket is paused
 * @param mailboxOrders how many orders of other threads may wait
 * @param stanzasAside how many stanzas may arrive while one reply is waited for
 * @param health when evidence says that an open connection does not work
 */
public record SessionLimits(
    Duration handshakeTimeout,
    Duration requestTimeout,
    Duration shortestPingInterval,
    Duration longestPingInterval,
    Duration deadLinkTimeout,
    int mailboxBytes,
    int mailboxOrders,
    int stanzasAside,
    HealthLimits health) {

  public static final SessionLimits DEFAULT =
      new SessionLimits(
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(20),
          256 * 1024,
          256,
          4096,
          HealthLimits.DEFAULT);

  /** The same with other limits of health. */
  public SessionLimits with(Duration silence, HealthLimits other) {
    return new SessionLimits(
        handshakeTimeout,
        requestTimeout,
        shortestPingInterval,
        longestPingInterval,
        silence,
        mailboxBytes,
        mailboxOrders,
        stanzasAside,
        other);
  }

  public SessionLimits {
    if (shortestPingInterval.compareTo(longestPingInterval) > 0) {
      throw new IllegalArgumentException("the shortest ping interval exceeds the longest");
    }
    if (mailboxBytes < 1 || mailboxOrders < 1 || stanzasAside < 1) {
      throw new IllegalArgumentException("bounds must be positive");
    }
  }
}
