package dev.switchboard.instance.account;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.instance.reconnect.Pauses;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.instance.StateCause;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the end of a connection means here, where it is known whether somebody asked for it. Belongs
 * to the account's thread, but for {@link #expectReroute}.
 */
final class Verdict {
  private static final Logger LOG = LoggerFactory.getLogger(Verdict.class);

  private final AccountKey account;
  private final Linking linking;
  private final Pauses pauses;
  private final RandomGenerator random;
  private final AtomicBoolean rerouted = new AtomicBoolean();

  Verdict(AccountKey account, Linking linking, Pauses pauses, RandomGenerator random) {
    this.account = account;
    this.linking = linking;
    this.pauses = pauses;
    this.random = random;
  }

  /** The connection is about to be stopped for another route. */
  void expectReroute() {
    rerouted.set(true);
  }

  ConnectionEnd of(ConnectionEnd end) {
    boolean asked = pauses.ended();
    return switch (end) {
      case ConnectionEnd.Stopped stopped -> asked ? stopped : unasked();
      case ConnectionEnd.Reconnect reconnect -> asked ? new ConnectionEnd.Stopped() : reconnect;
      case ConnectionEnd.Lost lost -> asked ? new ConnectionEnd.Stopped() : lost(lost);
      case ConnectionEnd.NotPaired failed -> asked ? new ConnectionEnd.Stopped() : failed;
      case ConnectionEnd.Refused refused -> refused;
      case ConnectionEnd.LoggedOut out -> out;
    };
  }

  /** The connection could not be made or went on no longer, for a reason that is known. */
  ConnectionEnd ofFailure(GatewayException failure) {
    LOG.warn("{}: the connection ended: {}", account, failure.getMessage());
    StateCause cause =
        failure.reason() == Reason.PROXY_REQUIRED
            ? StateCause.PROXY_REQUIRED
            : StateCause.INTERNAL_ERROR;
    return new ConnectionEnd.Lost(cause, failure.reason().name());
  }

  ConnectionEnd ofDefect(Throwable defect) {
    String id = Long.toHexString(random.nextLong());
    LOG.error("{}: the connection ended by a defect of the gateway, id {}", account, id, defect);
    return new ConnectionEnd.Lost(StateCause.INTERNAL_ERROR, "id " + id);
  }

  /** Nobody ended the account, but its way to the network may have been changed. */
  private ConnectionEnd unasked() {
    if (!rerouted.getAndSet(false)) {
      return lost(new ConnectionEnd.Lost(StateCause.INTERNAL_ERROR, "stopped"));
    }
    pauses.cutShort(); // There is nothing to wait for.
    return linking.linked()
        ? new ConnectionEnd.Lost(StateCause.REQUESTED, "the proxy was changed")
        : new ConnectionEnd.Reconnect(); // Whoever waits for a code gets one of the new connection.
  }

  /** A pairing is never tried again unasked: the person who waits for it is told. */
  private ConnectionEnd lost(ConnectionEnd.Lost lost) {
    return linking.linked() ? lost : new ConnectionEnd.NotPaired(lost.cause(), lost.detail());
  }
}
