package dev.switchboard.store.projection;

import static dev.switchboard.store.jooq.Tables.REQUEST;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.Request;
import dev.switchboard.outbox.RequestWindow;
import dev.switchboard.outbox.StoredRequests;
import dev.switchboard.store.database.Transactions;
import dev.switchboard.store.jooq.tables.records.RequestRecord;
import java.time.Instant;
import java.util.function.Consumer;

/** Reads what {@link RequestRows} wrote. */
public final class PostgresStoredRequests implements StoredRequests {
  private final Transactions transactions;

  public PostgresStoredRequests(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void forEachNewest(Instant after, int most, Consumer<Stored> visitor) {
    var newest =
        transactions.read(dsl ->
            dsl.selectFrom(REQUEST)
                .where(REQUEST.CREATED_AT.gt(after))
                .orderBy(REQUEST.CREATED_AT.desc())
                .limit(most)
                .fetch());
    newest.reversed().forEach(row -> visitor.accept(stored(row)));
  }

  private static Stored stored(RequestRecord row) {
    var tenant = new TenantId(row.getTenantId());
    return new Stored(
        tenant,
        new Request(row.getId(), row.getBodyHash()),
        new RequestWindow.Answer(
            new AccountKey(tenant, new InstanceId(row.getInstanceId())),
            new MessageId(row.getMessageId()),
            row.getCreatedAt()));
  }
}
