package dev.switchboard.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.TenantId;
import dev.switchboard.testing.InMemoryApiKeyStore;
import dev.switchboard.testing.ManualClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CachedApiKeyStoreTest {
  private final CountingStore stored = new CountingStore();
  private final ManualClock clock = new ManualClock();
  private final ApiKeys keys =
      new ApiKeys(new CachedApiKeyStore(stored, 10), clock, new SecureRandom());

  @Test
  void asksTheStoreForAKeyOnce() {
    String secret = keys.issue(null, Role.READER, "", null).secret();
    for (int i = 0; i < 10; i++) {
      assertThat(keys.authenticate(secret).role()).isEqualTo(Role.READER);
    }
    assertThat(stored.reads).hasValue(1);
  }

  @Test
  void remembersWhatWasShownAndIsGood() {
    ApiKeys.Issued issued = keys.issue(null, Role.READER, "", null);
    assertThat(keys.knows(issued.secret())).isFalse();
    keys.authenticate(issued.secret());
    assertThat(keys.knows(issued.secret())).isTrue();
    assertThat(keys.knows("sbk_" + "0".repeat(64))).isFalse();
    assertThat(keys.knows("no key at all")).isFalse();
    keys.revoke(null, issued.key().id());
    assertThat(keys.knows(issued.secret())).isFalse();
    assertThat(stored.reads).as("it asks the store for nothing").hasValue(1);
  }

  @Test
  void aRevokedKeyIsWorthlessAtOnce() {
    ApiKeys.Issued issued = keys.issue(null, Role.READER, "", null);
    ApiKeys.Issued other = keys.issue(null, Role.READER, "", null);
    keys.authenticate(issued.secret());
    keys.authenticate(other.secret());
    keys.revoke(null, issued.key().id());
    assertThatThrownBy(() -> keys.authenticate(issued.secret()))
        .isInstanceOf(GatewayException.class);
    assertThat(keys.authenticate(other.secret()).keyId()).isEqualTo(other.key().id());
  }

  @Test
  void anExpiredKeyIsWorthlessAtOnce() {
    Instant end = clock.instant().plusSeconds(60);
    String secret = keys.issue(null, Role.READER, "", end).secret();
    keys.authenticate(secret);
    clock.advance(Duration.ofSeconds(60));
    assertThatThrownBy(() -> keys.authenticate(secret)).isInstanceOf(GatewayException.class);
  }

  @Test
  void whatIsNoKeyIsAskedForEveryTimeAndBecomesOneWhenItIsIssued() {
    var store = new CachedApiKeyStore(stored, 10);
    byte[] hash = {1, 2, 3};
    assertThat(store.findByHash(hash)).isEmpty();
    assertThat(store.findByHash(hash)).isEmpty();
    assertThat(stored.reads).hasValue(2);
    var key = new ApiKey("0011223344556677", null, Role.READER, "", Instant.EPOCH, null, null);
    store.insert(key, hash);
    assertThat(store.findByHash(hash)).contains(key);
    assertThat(store.list(null, "", 10)).containsExactly(key);
  }

  /** Counts how often a key is looked for. */
  private static final class CountingStore implements ApiKeyStore {
    private final InMemoryApiKeyStore store = new InMemoryApiKeyStore();
    private final AtomicInteger reads = new AtomicInteger();

    @Override
    public boolean anyExists() {
      return store.anyExists();
    }

    @Override
    public void insert(ApiKey key, byte[] secretHash) {
      store.insert(key, secretHash);
    }

    @Override
    public Optional<ApiKey> findByHash(byte[] secretHash) {
      reads.incrementAndGet();
      return store.findByHash(secretHash);
    }

    @Override
    public boolean remembers(byte[] secretHash) {
      return false;
    }

    @Override
    public List<ApiKey> list(@Nullable TenantId tenant, String after, int limit) {
      return store.list(tenant, after, limit);
    }

    @Override
    public boolean revoke(@Nullable TenantId tenant, String id, Instant at) {
      return store.revoke(tenant, id, at);
    }
  }
}
