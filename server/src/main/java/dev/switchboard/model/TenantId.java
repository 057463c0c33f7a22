package dev.switchboard.model;

import java.util.regex.Pattern;

/** Names a tenant: 1 to 63 lower-case letters, digits, {@code -} or {@code _}. */
public record TenantId(String value) {
  private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

  /** The tenant of a fresh installation. */
  public static final TenantId DEFAULT = new TenantId("default");

  public TenantId {
    if (!SHAPE.matcher(value).matches()) {
      throw GatewayException.invalidField(
          "tenant_id", "must be 1 to 63 characters of a-z, 0-9, - or _");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
