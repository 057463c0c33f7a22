package dev.switchboard.model;

import org.jspecify.annotations.Nullable;

/** Where an account lives: the tenant that owns it and its id there. */
public record AccountKey(TenantId tenant, InstanceId instance) {
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AccountKey that
        && instance.equals(that.instance)
        && tenant.equals(that.tenant);
  }

  /** Asked for many times a message. */
  @Override
  public int hashCode() {
    return 31 * tenant.hashCode() + instance.hashCode();
  }

  @Override
  public String toString() {
    return tenant + "/" + instance;
  }
}
