package dev.switchboard.access;

import dev.switchboard.model.TenantId;
import java.time.Instant;
import java.util.List;

/** Where tenants are stored. Every method throws STORAGE_UNAVAILABLE when storage is away. */
public interface TenantStore {
  /** Stores a tenant; false when the id is taken. */
  boolean insert(Tenant tenant);

  boolean exists(TenantId id);

  /** In order of id, after the given one ("" from the start). */
  List<Tenant> list(String after, int limit);

  /** One tenant: its own instances, keys and messages. */
  record Tenant(TenantId id, String name, Instant createdAt) {}
}
