package dev.switchboard.store.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.access.ApiKey;
import dev.switchboard.access.Role;
import dev.switchboard.access.TenantStore;
import dev.switchboard.model.TenantId;
import dev.switchboard.store.Accounts;
import dev.switchboard.store.DatabaseExtension;
import dev.switchboard.store.database.Database;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DatabaseExtension.class)
class PostgresApiKeyStoreIT {
  private static final TenantId TENANT = new TenantId("key-owner");

  private final SecureRandom random = new SecureRandom();
  private PostgresApiKeyStore store;

  @BeforeEach
  void store(Database database) {
    new PostgresTenantStore(database.transactions())
        .insert(new TenantStore.Tenant(TENANT, "", Accounts.NOON));
    store = new PostgresApiKeyStore(database.transactions());
  }

  @Test
  void findsKeyByHashOnly() {
    var hash = hash();
    var key = key(TENANT, "a1");
    store.insert(key, hash);

    assertThat(store.anyExists()).isTrue();
    assertThat(store.findByHash(hash)).contains(key);
    assertThat(store.findByHash(hash())).isEmpty();
  }

  @Test
  void listsAndRevokesWithinItsTenantOnly() {
    store.insert(key(TENANT, "b1"), hash());
    store.insert(key(TENANT, "b2"), hash());
    store.insert(key(null, "b3"), hash());

    assertThat(store.list(TENANT, "b0", 2)).extracting(ApiKey::id).containsExactly("b1", "b2");
    assertThat(store.list(null, "b0", 10)).extracting(ApiKey::id).contains("b3");
    assertThat(store.revoke(null, "b1", Accounts.NOON)).isFalse();
    assertThat(store.revoke(TENANT, "b3", Accounts.NOON)).isFalse();
  }

  @Test
  void keepsTheFirstTimeOfRevocation() {
    var hash = hash();
    store.insert(key(TENANT, "c1"), hash);

    assertThat(store.revoke(TENANT, "c1", Accounts.NOON)).isTrue();
    assertThat(store.revoke(TENANT, "c1", Accounts.NOON.plusSeconds(1))).isTrue();

    assertThat(store.findByHash(hash).orElseThrow().revokedAt()).isEqualTo(Accounts.NOON);
  }

  private static ApiKey key(@Nullable TenantId tenant, String id) {
    return new ApiKey(
        id, tenant, Role.OPERATOR, "for tests", Accounts.NOON, Accounts.NOON.plusSeconds(9), null);
  }

  private byte[] hash() {
    var hash = new byte[32];
    random.nextBytes(hash);
    return hash;
  }
}
