package dev.switchboard.webhook;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.TenantId;
import java.util.regex.Pattern;

/** Names a webhook within its tenant: 1 to 63 lower-case letters, digits, {@code -}, {@code _}. */
public record WebhookKey(TenantId tenant, String id) {
  private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

  public WebhookKey {
    if (!SHAPE.matcher(id).matches()) {
      throw GatewayException.invalidField(
          "webhook_id", "must be 1 to 63 characters of a-z, 0-9, - or _");
    }
  }

  @Override
  public String toString() {
    return tenant + "/" + id;
  }
}
