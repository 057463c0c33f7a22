package dev.switchboard.model;

/** Where an account lives: the tenant that owns it and its id there. */
public record AccountKey(TenantId tenant, InstanceId instance) {
  @Override
  public String toString() {
    return tenant + "/" + instance;
  }
}
