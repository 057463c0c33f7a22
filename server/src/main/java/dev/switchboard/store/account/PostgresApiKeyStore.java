package dev.switchboard.store.account;

import static dev.switchboard.store.jooq.Tables.API_KEY;

import dev.switchboard.access.ApiKey;
import dev.switchboard.access.ApiKeyStore;
import dev.switchboard.access.Role;
import dev.switchboard.model.TenantId;
import dev.switchboard.store.database.Transactions;
import dev.switchboard.store.jooq.tables.records.ApiKeyRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** API keys in PostgreSQL. */
public final class PostgresApiKeyStore implements ApiKeyStore {
  private final Transactions transactions;

  public PostgresApiKeyStore(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public boolean anyExists() {
    return transactions.read(dsl -> dsl.fetchExists(API_KEY));
  }

  @Override
  public void insert(ApiKey key, byte[] secretHash) {
    var _ =
        transactions.write(dsl ->
            dsl.insertInto(API_KEY)
                .set(API_KEY.ID, key.id())
                .set(API_KEY.TENANT_ID, value(key.tenant()))
                .set(API_KEY.HASH, secretHash)
                .set(API_KEY.ROLE, key.role().name())
                .set(API_KEY.NAME, key.name())
                .set(API_KEY.CREATED_AT, key.createdAt())
                .set(API_KEY.EXPIRES_AT, key.expiresAt())
                .set(API_KEY.REVOKED_AT, key.revokedAt())
                .execute());
  }

  @Override
  public Optional<ApiKey> findByHash(byte[] secretHash) {
    return transactions.read(dsl ->
        dsl.selectFrom(API_KEY)
            .where(API_KEY.HASH.eq(secretHash))
            .fetchOptional(PostgresApiKeyStore::toKey));
  }

  @Override
  public boolean remembers(byte[] secretHash) {
    return false;
  }

  @Override
  public List<ApiKey> list(@Nullable TenantId tenant, String after, int limit) {
    return transactions.read(dsl ->
        dsl.selectFrom(API_KEY)
            .where(of(tenant))
            .and(API_KEY.ID.gt(after))
            .orderBy(API_KEY.ID)
            .limit(limit)
            .fetch(PostgresApiKeyStore::toKey));
  }

  @Override
  public boolean revoke(@Nullable TenantId tenant, String id, Instant at) {
    var revoked =
        transactions.write(dsl ->
            dsl.update(API_KEY)
                .set(API_KEY.REVOKED_AT, DSL.coalesce(API_KEY.REVOKED_AT, at))
                .where(of(tenant))
                .and(API_KEY.ID.eq(id))
                .execute());
    return revoked == 1;
  }

  private static Condition of(@Nullable TenantId tenant) {
    return tenant == null ? API_KEY.TENANT_ID.isNull() : API_KEY.TENANT_ID.eq(tenant.value());
  }

  private static @Nullable String value(@Nullable TenantId tenant) {
    return tenant == null ? null : tenant.value();
  }

  private static ApiKey toKey(ApiKeyRecord row) {
    @Nullable String tenant = row.getTenantId();
    return new ApiKey(
        row.getId(),
        tenant == null ? null : new TenantId(tenant),
        Role.valueOf(row.getRole()),
        row.getName(),
        row.getCreatedAt(),
        row.getExpiresAt(),
        row.getRevokedAt());
  }
}
