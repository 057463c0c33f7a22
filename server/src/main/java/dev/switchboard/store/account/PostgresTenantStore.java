package dev.switchboard.store.account;

import static dev.switchboard.store.jooq.Tables.TENANT;

import dev.switchboard.access.TenantStore;
import dev.switchboard.model.TenantId;
import dev.switchboard.store.database.Transactions;
import java.util.List;

/** Tenants in PostgreSQL. */
public final class PostgresTenantStore implements TenantStore {
  private final Transactions transactions;

  public PostgresTenantStore(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public boolean insert(Tenant tenant) {
    var inserted =
        transactions.write(dsl ->
            dsl.insertInto(TENANT)
                .set(TENANT.ID, tenant.id().value())
                .set(TENANT.NAME, tenant.name())
                .set(TENANT.CREATED_AT, tenant.createdAt())
                .onConflictDoNothing()
                .execute());
    return inserted == 1;
  }

  @Override
  public boolean exists(TenantId id) {
    return transactions.read(dsl -> dsl.fetchExists(TENANT, TENANT.ID.eq(id.value())));
  }

  @Override
  public List<Tenant> list(String after, int limit) {
    return transactions.read(dsl ->
        dsl.selectFrom(TENANT)
            .where(TENANT.ID.gt(after))
            .orderBy(TENANT.ID)
            .limit(limit)
            .fetch(
                row -> new Tenant(new TenantId(row.getId()), row.getName(), row.getCreatedAt())));
  }
}
