package dev.switchboard.model;

import org.jspecify.annotations.Nullable;

/** Names a tenant: 1 to 63 lower-case letters, digits, {@code -} or {@code _}. */
public record TenantId(String value) {
  /** The tenant of a fresh installation. */
  public static final TenantId DEFAULT = new TenantId("default");

  public TenantId {
    if (!Names.isName(value)) {
      throw GatewayException.invalidField(
          "tenant_id", "must be 1 to 63 characters of a-z, 0-9, - or _");
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TenantId that && value.equals(that.value);
  }

  /** A text remembers its hash; a record would ask for it through method handles each time. */
  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
