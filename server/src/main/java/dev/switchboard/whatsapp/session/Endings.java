package dev.switchboard.whatsapp.session;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.ConnectionEnd.LoggedOut;
import dev.switchboard.connector.ConnectionEnd.Lost;
import dev.switchboard.connector.ConnectionEnd.Reconnect;
import dev.switchboard.connector.ConnectionEnd.Refused;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the server's last word on a connection means. Codes and meanings were measured with
 * independent clients against a trial server, and read in their sources.
 */
public final class Endings {
  private static final int RESTART_REQUIRED = 515;

  private final InstantSource clock;

  public Endings(InstantSource clock) {
    this.clock = clock;
  }

  /** How the stanza ends the connection; empty for one that does not. */
  public Optional<ConnectionEnd> of(Node stanza) {
    return switch (stanza.tag()) {
      case "failure" -> Optional.of(failure(stanza));
      case "stream:error" -> Optional.of(streamError(stanza));
      case "xmlstreamend" ->
          Optional.of(new Lost(StateCause.CONNECTION_LOST, "the server ended the stream"));
      default -> Optional.empty();
    };
  }

  private ConnectionEnd failure(Node stanza) {
    int reason = Numbers.of(stanza, "reason", 0);
    String detail = "failure " + reason;
    return switch (reason) {
      case 401 -> new LoggedOut(StateCause.DEVICE_REMOVED, detail);
      case 402 -> new Refused(StateCause.TEMPORARILY_BANNED, banDetail(stanza), banEnd(stanza));
      case 403 -> new Refused(StateCause.ACCOUNT_LOCKED, detail, null);
      case 405 -> new Refused(StateCause.CLIENT_OUTDATED, detail, null);
      case 406 -> new Refused(StateCause.BANNED, detail, null);
      case 500, 503 -> new Lost(StateCause.SERVICE_UNAVAILABLE, detail);
      default -> new Refused(StateCause.REFUSED, detail, null);
    };
  }

  private ConnectionEnd streamError(Node stanza) {
    Optional<ConnectionEnd> conflict = stanza.child("conflict").map(Endings::conflict);
    if (conflict.isPresent()) {
      return conflict.get();
    }
    int code = Numbers.of(stanza, "code", 0);
    String detail = "stream error " + code;
    return switch (code) {
      case 401 -> new LoggedOut(StateCause.DEVICE_REMOVED, detail);
      case RESTART_REQUIRED -> new Reconnect();
      case 500, 503 -> new Lost(StateCause.SERVICE_UNAVAILABLE, detail);
      // Without a code it is about this stream (malformed XML and the like), not the account.
      case 0 -> new Lost(StateCause.CONNECTION_LOST, "stream error" + firstChild(stanza));
      default -> new Refused(StateCause.REFUSED, detail, null);
    };
  }

  private static ConnectionEnd conflict(Node conflict) {
    return conflict.has("type", "device_removed")
        ? new LoggedOut(StateCause.DEVICE_REMOVED, "the device was removed")
        : new Refused(StateCause.REPLACED, "another connection of this device took over", null);
  }

  private static String firstChild(Node stanza) {
    return stanza.children().isEmpty() ? "" : " " + stanza.children().getFirst().tag();
  }

  private static String banDetail(Node stanza) {
    return "failure 402, code " + Numbers.of(stanza, "code", 0);
  }

  /** {@code expire} counts the seconds that remain. */
  private @Nullable Instant banEnd(Node stanza) {
    long seconds = Numbers.of(stanza, "expire", 0L);
    return seconds <= 0 ? null : clock.instant().plusSeconds(Math.min(seconds, 10L * 31_536_000));
  }
}
