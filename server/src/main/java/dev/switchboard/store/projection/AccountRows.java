package dev.switchboard.store.projection;

import static dev.switchboard.store.jooq.Tables.JOURNAL_ACCOUNT;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.store.database.Texts;
import dev.switchboard.store.jooq.Tables;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Which accounts there are, and which of them take no messages. */
final class AccountRows {
  private AccountRows() {}

  /**
   * What is known of the accounts of a batch.
   *
   * @param present those that are there
   * @param unlinked those that take no messages, and why
   */
  record Known(Set<AccountKey> present, Map<AccountKey, Failure> unlinked) {}

  static Known read(DSLContext dsl, Collection<AccountKey> accounts) {
    var keys = new Texts(2);
    accounts.forEach(account -> keys.add(account.tenant(), account.instance()));
    var present = new HashSet<AccountKey>();
    var unlinked = new HashMap<AccountKey, Failure>();
    dsl.select(
            Tables.INSTANCE.TENANT_ID,
            Tables.INSTANCE.ID,
            JOURNAL_ACCOUNT.UNLINKED_CAUSE,
            JOURNAL_ACCOUNT.UNLINKED_DETAIL,
            JOURNAL_ACCOUNT.UNLINKED_UNTIL)
        .from(keys.as("k(tenant, instance)"))
        .join(Tables.INSTANCE)
        .on(
            Tables.INSTANCE.TENANT_ID.eq(DSL.field("k.tenant", String.class)),
            Tables.INSTANCE.ID.eq(DSL.field("k.instance", String.class)))
        .leftJoin(JOURNAL_ACCOUNT)
        .on(
            JOURNAL_ACCOUNT.TENANT_ID.eq(Tables.INSTANCE.TENANT_ID),
            JOURNAL_ACCOUNT.INSTANCE_ID.eq(Tables.INSTANCE.ID))
        .forEach(row -> {
          var account = new AccountKey(new TenantId(row.value1()), new InstanceId(row.value2()));
          present.add(account);
          @Nullable String cause = row.value3();
          if (cause != null) {
            unlinked.put(
                account, new Failure(FailureCause.valueOf(cause), row.value4(), row.value5()));
          }
        });
    return new Known(present, unlinked);
  }

  /** Notes why these accounts take no messages; null: they do. */
  static void write(DSLContext dsl, Map<AccountKey, @Nullable Failure> relinked) {
    if (relinked.isEmpty()) {
      return;
    }
    var rows = new Texts(5);
    relinked.forEach((account, why) ->
        rows.add(
            account.tenant(),
            account.instance(),
            why == null ? null : why.cause(),
            why == null ? null : why.detail(),
            why == null ? null : why.until()));
    dsl.query(
            """
            insert into journal_account
              (tenant_id, instance_id, unlinked_cause, unlinked_detail, unlinked_until)
            select tenant, instance, cause, detail, until::timestamptz
            from unnest({0}) as k(tenant, instance, cause, detail, until)
            order by tenant, instance
            on conflict (tenant_id, instance_id) do update set
              unlinked_cause = excluded.unlinked_cause,
              unlinked_detail = excluded.unlinked_detail,
              unlinked_until = excluded.unlinked_until
            """,
            DSL.list(rows.arrays()))
        .execute();
  }
}
