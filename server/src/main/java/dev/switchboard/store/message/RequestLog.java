package dev.switchboard.store.message;

import static dev.switchboard.store.jooq.Tables.REQUEST;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.outbox.OutboxStore;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Which requests of the last 24 hours were answered with which message. */
final class RequestLog {
  static final Duration WINDOW = Duration.ofHours(24);

  private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(1);
  private static final int SWEEP_LIMIT = 20_000;

  private final AtomicReference<Instant> nextSweep = new AtomicReference<>(Instant.MIN);

  /**
   * Notes the request with the message it is about to be answered with.
   *
   * @return the message that it was answered with before; empty when it is new
   * @throws GatewayException REQUEST_ID_REUSED when it said something else before
   */
  Optional<MessageId> note(
      DSLContext dsl,
      AccountKey account,
      OutboxStore.Request request,
      MessageId answer,
      Instant now) {
    sweep(dsl, now);
    // A request whose window is over but that was not swept yet is as good as new.
    var noted =
        dsl.insertInto(REQUEST)
            .set(REQUEST.TENANT_ID, account.tenant().value())
            .set(REQUEST.INSTANCE_ID, account.instance().value())
            .set(REQUEST.ID, request.id())
            .set(REQUEST.BODY_HASH, request.bodyHash())
            .set(REQUEST.MESSAGE_ID, answer.value())
            .set(REQUEST.CREATED_AT, now)
            .onConflict(REQUEST.TENANT_ID, REQUEST.INSTANCE_ID, REQUEST.ID)
            .doUpdate()
            .set(REQUEST.BODY_HASH, DSL.excluded(REQUEST.BODY_HASH))
            .set(REQUEST.MESSAGE_ID, DSL.excluded(REQUEST.MESSAGE_ID))
            .set(REQUEST.CREATED_AT, DSL.excluded(REQUEST.CREATED_AT))
            .where(REQUEST.CREATED_AT.le(now.minus(WINDOW)))
            .execute();
    return noted == 1 ? Optional.empty() : Optional.of(answered(dsl, account, request));
  }

  private static MessageId answered(
      DSLContext dsl, AccountKey account, OutboxStore.Request request) {
    var earlier = dsl.selectFrom(REQUEST).where(is(account, request.id())).fetchSingle();
    if (!MessageDigest.isEqual(earlier.getBodyHash(), request.bodyHash())) {
      throw new GatewayException(
          Reason.REQUEST_ID_REUSED, "the request_id was used with another body before");
    }
    return new MessageId(earlier.getMessageId());
  }

  /** Now and then by whoever comes by, and a bounded number at once. */
  private void sweep(DSLContext dsl, Instant now) {
    var due = nextSweep.get();
    if (now.isBefore(due) || !nextSweep.compareAndSet(due, now.plus(SWEEP_INTERVAL))) {
      return;
    }
    var ended =
        DSL.select(REQUEST.TENANT_ID, REQUEST.INSTANCE_ID, REQUEST.ID)
            .from(REQUEST)
            .where(REQUEST.CREATED_AT.le(now.minus(WINDOW)))
            .orderBy(REQUEST.CREATED_AT)
            .limit(SWEEP_LIMIT)
            .forUpdate()
            .skipLocked();
    dsl.deleteFrom(REQUEST)
        .where(DSL.row(REQUEST.TENANT_ID, REQUEST.INSTANCE_ID, REQUEST.ID).in(ended))
        .execute();
  }

  private static Condition is(AccountKey account, String id) {
    return REQUEST
        .TENANT_ID
        .eq(account.tenant().value())
        .and(REQUEST.INSTANCE_ID.eq(account.instance().value()))
        .and(REQUEST.ID.eq(id));
  }
}
