package dev.switchboard.access;

import dev.switchboard.cache.WriteThrough;
import dev.switchboard.model.TenantId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * API keys in memory once they were shown, in front of the store that holds them. What is no key is
 * not kept, so that guessing fills no memory.
 */
public final class CachedApiKeyStore implements ApiKeyStore {
  private final ApiKeyStore store;
  private final WriteThrough<ByteBuffer, ApiKey> cache;

  public CachedApiKeyStore(ApiKeyStore store, int limit) {
    this.store = store;
    this.cache = new WriteThrough<>(limit);
  }

  @Override
  public Optional<ApiKey> findByHash(byte[] secretHash) {
    return cache.find(ByteBuffer.wrap(secretHash), () -> store.findByHash(secretHash));
  }

  @Override
  public boolean remembers(byte[] secretHash) {
    return cache.keeps(ByteBuffer.wrap(secretHash));
  }

  @Override
  public void insert(ApiKey key, byte[] secretHash) {
    store.insert(key, secretHash); // It was unknown before, and what is unknown is not kept.
  }

  @Override
  public boolean revoke(@Nullable TenantId tenant, String id, Instant at) {
    return cache.changeWhere(key -> key.id().equals(id), () -> store.revoke(tenant, id, at));
  }

  @Override
  public boolean anyExists() {
    return store.anyExists();
  }

  @Override
  public List<ApiKey> list(@Nullable TenantId tenant, String after, int limit) {
    return store.list(tenant, after, limit);
  }
}
