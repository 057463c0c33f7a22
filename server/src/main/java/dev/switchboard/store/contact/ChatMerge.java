package dev.switchboard.store.contact;

import static dev.switchboard.store.jooq.Tables.CHAT;
import static dev.switchboard.store.jooq.Tables.CHAT_ALIAS;
import static dev.switchboard.store.jooq.Tables.MESSAGE;

import dev.switchboard.model.AccountKey;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Makes one chat of two that turned out to be with the same person. */
record ChatMerge(DSLContext dsl, AccountKey account) {
  /** The kind of messages that could not be decrypted. */
  private static final String UNDECRYPTABLE = "UNDECRYPTABLE";

  /** Moves what {@code from} holds into {@code into}; a message that both hold stays once. */
  void merge(UUID from, UUID into) {
    dropDoubles(from, into);
    dsl.update(MESSAGE).set(MESSAGE.CHAT_ID, into).where(MESSAGE.CHAT_ID.eq(from)).execute();
    dsl.update(CHAT_ALIAS)
        .set(CHAT_ALIAS.CHAT_ID, into)
        .where(CHAT_ALIAS.CHAT_ID.eq(from))
        .execute();
    dsl.deleteFrom(CHAT)
        .where(
            CHAT.TENANT_ID.eq(account.tenant().value()),
            CHAT.INSTANCE_ID.eq(account.instance().value()),
            CHAT.ID.eq(from))
        .execute();
  }

  /** Of two copies the readable one stays. */
  private void dropDoubles(UUID from, UUID into) {
    dropDoubles(into, from, MESSAGE.KIND.eq(UNDECRYPTABLE));
    dropDoubles(from, into, DSL.noCondition());
  }

  private void dropDoubles(UUID from, UUID into, Condition which) {
    var kept = MESSAGE.as("kept");
    dsl.deleteFrom(MESSAGE)
        .using(kept)
        .where(
            MESSAGE.CHAT_ID.eq(from),
            kept.CHAT_ID.eq(into),
            kept.MESSAGE_ID.eq(MESSAGE.MESSAGE_ID),
            kept.DIRECTION.eq(MESSAGE.DIRECTION),
            which)
        .execute();
  }
}
