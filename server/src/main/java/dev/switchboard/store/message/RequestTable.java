package dev.switchboard.store.message;

import static dev.switchboard.store.jooq.Tables.REQUEST;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.outbox.OutboxStore;
import dev.switchboard.store.jooq.tables.records.RequestRecord;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;

/** The sends of the last 24 hours by their callers' ids; within the transaction of whoever calls. */
final class RequestTable {
  private static final Duration WINDOW = Duration.ofHours(24);
  private static final int FORGET_AT_ONCE = 100;

  /**
   * Claims the id for this message.
   *
   * @return the message of the earlier call under the same id, or empty when this is the first
   */
  Optional<MessageId> claim(
      DSLContext dsl,
      AccountKey account,
      OutboxStore.Request request,
      MessageId message,
      Instant now) {
    forget(dsl, account, now);
    if (insert(dsl, account, request, message, now)) {
      return Optional.empty();
    }
    RequestRecord earlier =
        dsl.fetchOne(
            REQUEST,
            REQUEST.TENANT_ID.eq(account.tenant().value()),
            REQUEST.INSTANCE_ID.eq(account.instance().value()),
            REQUEST.ID.eq(request.id()));
    if (earlier == null || !MessageDigest.isEqual(earlier.getBodyHash(), request.bodyHash())) {
      throw new GatewayException(
          Reason.REQUEST_ID_REUSED, "the request id was used for another message");
    }
    return Optional.of(new MessageId(earlier.getMessageId()));
  }

  private static boolean insert(
      DSLContext dsl,
      AccountKey account,
      OutboxStore.Request request,
      MessageId message,
      Instant now) {
    return dsl.insertInto(
                REQUEST,
                REQUEST.TENANT_ID,
                REQUEST.INSTANCE_ID,
                REQUEST.ID,
                REQUEST.BODY_HASH,
                REQUEST.MESSAGE_ID,
                REQUEST.CREATED_AT)
            .values(
                account.tenant().value(),
                account.instance().value(),
                request.id(),
                request.bodyHash(),
                message.value(),
                now)
            .onConflictDoNothing()
            .execute()
        == 1;
  }

  /** A few of the oldest with every call: the table stays as long as the window. */
  private static void forget(DSLContext dsl, AccountKey account, Instant now) {
    Instant end = now.minus(WINDOW);
    dsl.deleteFrom(REQUEST)
        .where(REQUEST.TENANT_ID.eq(account.tenant().value()))
        .and(REQUEST.INSTANCE_ID.eq(account.instance().value()))
        .and(
            REQUEST.ID.in(
                dsl.select(REQUEST.ID)
                    .from(REQUEST)
                    .where(
                        REQUEST.TENANT_ID.eq(account.tenant().value()),
                        REQUEST.INSTANCE_ID.eq(account.instance().value()),
                        REQUEST.CREATED_AT.lt(end))
                    .orderBy(REQUEST.CREATED_AT)
                    .limit(FORGET_AT_ONCE)))
        .execute();
  }
}
