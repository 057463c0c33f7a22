package dev.switchboard.grpc;

import dev.switchboard.access.ApiKey;
import dev.switchboard.access.ApiKeyStore;
import dev.switchboard.access.TenantStore;
import dev.switchboard.model.TenantId;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Keys and tenants in memory. */
final class MemoryStores {
  private MemoryStores() {}

  static final class Keys implements ApiKeyStore {
    private final Map<String, ApiKey> byHash = new ConcurrentSkipListMap<>();
    private final AtomicBoolean askedByPlatformThread = new AtomicBoolean();

    /** Whether a key was ever looked up, which may block, by one of the few platform threads. */
    boolean wasAskedByPlatformThread() {
      return askedByPlatformThread.get();
    }

    @Override
    public boolean anyExists() {
      return !byHash.isEmpty();
    }

    @Override
    public void insert(ApiKey key, byte[] secretHash) {
      byHash.put(HexFormat.of().formatHex(secretHash), key);
    }

    @Override
    public Optional<ApiKey> findByHash(byte[] secretHash) {
      askedByPlatformThread.compareAndSet(false, !Thread.currentThread().isVirtual());
      return Optional.ofNullable(byHash.get(HexFormat.of().formatHex(secretHash)));
    }

    @Override
    public boolean remembers(byte[] secretHash) {
      return byHash.containsKey(HexFormat.of().formatHex(secretHash));
    }

    @Override
    public List<ApiKey> list(@Nullable TenantId tenant, String after, int limit) {
      return byHash.values().stream()
          .filter(key -> Objects.equals(key.tenant(), tenant) && key.id().compareTo(after) > 0)
          .sorted((one, other) -> one.id().compareTo(other.id()))
          .limit(limit)
          .toList();
    }

    @Override
    public boolean revoke(@Nullable TenantId tenant, String id, Instant at) {
      for (Map.Entry<String, ApiKey> entry : byHash.entrySet()) {
        ApiKey key = entry.getValue();
        if (key.id().equals(id) && Objects.equals(key.tenant(), tenant)) {
          ApiKey revoked =
              new ApiKey(id, tenant, key.role(), key.name(), key.createdAt(), key.expiresAt(), at);
          byHash.put(entry.getKey(), revoked);
          return true;
        }
      }
      return false;
    }
  }

  static final class Tenants implements TenantStore {
    private final Map<String, Tenant> byId = new ConcurrentSkipListMap<>();

    @Override
    public boolean insert(Tenant tenant) {
      return byId.putIfAbsent(tenant.id().value(), tenant) == null;
    }

    @Override
    public boolean exists(TenantId id) {
      return byId.containsKey(id.value());
    }

    @Override
    public List<Tenant> list(String after, int limit) {
      return byId.values().stream()
          .filter(tenant -> tenant.id().value().compareTo(after) > 0)
          .limit(limit)
          .toList();
    }
  }
}
