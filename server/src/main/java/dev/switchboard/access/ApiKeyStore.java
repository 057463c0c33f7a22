package dev.switchboard.access;

import dev.switchboard.model.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where API keys are stored. Every method throws STORAGE_UNAVAILABLE when storage is away. */
public interface ApiKeyStore {
  boolean anyExists();

  /** Stores a key under the SHA-256 of its secret. */
  void insert(ApiKey key, byte[] secretHash);

  Optional<ApiKey> findByHash(byte[] secretHash);

  /** Whether {@link #findByHash} finds a key without asking storage. */
  boolean remembers(byte[] secretHash);

  /**
   * The keys of one tenant, or of the whole gateway for null, in order of id, after the given id.
   */
  List<ApiKey> list(@Nullable TenantId tenant, String after, int limit);

  /** Marks it revoked; false when that tenant (or the whole gateway) has no such key. */
  boolean revoke(@Nullable TenantId tenant, String id, Instant at);
}
