package dev.switchboard.testing;

import dev.switchboard.access.ApiKey;
import dev.switchboard.access.ApiKeyStore;
import dev.switchboard.model.TenantId;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** API keys in memory, under the hexadecimal hash of their secret. */
public final class InMemoryApiKeyStore implements ApiKeyStore {
  private final Map<String, ApiKey> keys = new ConcurrentSkipListMap<>();

  /** Everything that is kept of secrets. */
  public List<String> hashes() {
    return List.copyOf(keys.keySet());
  }

  @Override
  public boolean anyExists() {
    return !keys.isEmpty();
  }

  @Override
  public void insert(ApiKey key, byte[] secretHash) {
    keys.put(HexFormat.of().formatHex(secretHash), key);
  }

  @Override
  public Optional<ApiKey> findByHash(byte[] secretHash) {
    return Optional.ofNullable(keys.get(HexFormat.of().formatHex(secretHash)));
  }

  @Override
  public boolean remembers(byte[] secretHash) {
    return keys.containsKey(HexFormat.of().formatHex(secretHash));
  }

  @Override
  public List<ApiKey> list(@Nullable TenantId tenant, String after, int limit) {
    return keys.values().stream()
        .filter(key -> Objects.equals(key.tenant(), tenant) && key.id().compareTo(after) > 0)
        .sorted((a, b) -> a.id().compareTo(b.id()))
        .limit(limit)
        .toList();
  }

  @Override
  public boolean revoke(@Nullable TenantId tenant, String id, Instant at) {
    boolean known =
        keys.values().stream()
            .anyMatch(key -> key.id().equals(id) && Objects.equals(key.tenant(), tenant));
    keys.replaceAll((hash, key) ->
        key.id().equals(id) && Objects.equals(key.tenant(), tenant)
            ? new ApiKey(
                key.id(),
                key.tenant(),
                key.role(),
                key.name(),
                key.createdAt(),
                key.expiresAt(),
                at)
            : key);
    return known;
  }
}
