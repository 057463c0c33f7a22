package dev.switchboard.store.projection;

import static dev.switchboard.store.jooq.Tables.MESSAGE;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.store.database.Transactions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Record4;
import org.jooq.Result;
import org.jooq.impl.DSL;

/**
 * What is still to be sent, of all accounts: as much as the queues were allowed to hold, so it is
 * read in pages, none of which takes longer than a call may.
 */
final class WaitingMessages {
  private final Map<AccountKey, Set<MessageId>> found = new HashMap<>();

  private WaitingMessages() {}

  /**
   * Reads all of them.
   *
   * @param atOnce how many a page has
   */
  static Map<AccountKey, Set<MessageId>> read(Transactions transactions, int atOnce) {
    var waiting = new WaitingMessages();
    var page = transactions.read(dsl -> page(dsl, "", "", -1, atOnce));
    while (!page.isEmpty()) {
      page.forEach(row -> waiting.add(row.value1(), row.value2(), row.value4()));
      var last = page.getLast();
      page =
          transactions.read(dsl -> page(dsl, last.value1(), last.value2(), last.value3(), atOnce));
    }
    return waiting.found;
  }

  /** In the order of the index of waiting messages. */
  private static Result<Record4<String, String, Long, String>> page(
      DSLContext dsl, String tenant, String instance, long sequence, int atOnce) {
    return dsl.select(MESSAGE.TENANT_ID, MESSAGE.INSTANCE_ID, MESSAGE.SEQUENCE, MESSAGE.MESSAGE_ID)
        .from(MESSAGE)
        .where(
            MESSAGE.WAITING.isTrue(),
            DSL.row(MESSAGE.TENANT_ID, MESSAGE.INSTANCE_ID, MESSAGE.SEQUENCE)
                .gt(tenant, instance, sequence))
        .orderBy(MESSAGE.TENANT_ID, MESSAGE.INSTANCE_ID, MESSAGE.SEQUENCE)
        .limit(atOnce)
        .fetch();
  }

  private void add(String tenant, String instance, String message) {
    found
        .computeIfAbsent(
            new AccountKey(new TenantId(tenant), new InstanceId(instance)), _ -> new HashSet<>())
        .add(new MessageId(message));
  }
}
