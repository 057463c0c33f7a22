package dev.switchboard.event.consumer;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.TenantId;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A named reader of events and how far it has come.
 *
 * @param log the log that the position is one of
 * @param position what lies before it was acknowledged
 * @param acknowledgedAt when it last moved forward
 */
public record EventConsumer(
    TenantId tenant, String id, String log, long position, Instant acknowledgedAt) {
  private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

  public EventConsumer {
    if (!SHAPE.matcher(id).matches()) {
      throw GatewayException.invalidField(
          "consumer_id", "must be 1 to 63 characters of a-z, 0-9, - or _");
    }
  }
}
