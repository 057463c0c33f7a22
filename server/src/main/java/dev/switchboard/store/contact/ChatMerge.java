package dev.switchboard.store.contact;

import static dev.switchboard.store.jooq.Tables.CHAT;
import static dev.switchboard.store.jooq.Tables.CHAT_ALIAS;
import static dev.switchboard.store.jooq.Tables.MESSAGE;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.message.MessageStatus;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** Makes one chat of two that turned out to be with the same person. */
record ChatMerge(DSLContext dsl, AccountKey account) {
  private static final dev.switchboard.store.jooq.tables.Message KEPT = MESSAGE.as("kept");

  /** The way of an outbound message; the others have no place. */
  private static final Field<String[]> FORWARD =
      DSL.array(
          Stream.of(
                  MessageStatus.FAILED,
                  MessageStatus.CANCELLED,
                  MessageStatus.ACCEPTED,
                  MessageStatus.SENDING,
                  MessageStatus.SENT,
                  MessageStatus.DELIVERED,
                  MessageStatus.READ,
                  MessageStatus.PLAYED)
              .map(status -> DSL.inline(status.name()))
              .toList());

  /** The kind of messages that could not be decrypted. */
  private static final String UNDECRYPTABLE = "UNDECRYPTABLE";

  /** Moves what {@code from} holds into {@code into}; a message that both hold stays once. */
  void merge(UUID from, UUID into) {
    // First, so that whoever is storing a message in it is done: it would go with the chat.
    dsl.select(CHAT.ID).from(CHAT).where(is(from)).forUpdate().execute();
    dropDoubles(from, into);
    dsl.update(MESSAGE).set(MESSAGE.CHAT_ID, into).where(MESSAGE.CHAT_ID.eq(from)).execute();
    dsl.update(CHAT_ALIAS)
        .set(CHAT_ALIAS.CHAT_ID, into)
        .where(CHAT_ALIAS.CHAT_ID.eq(from))
        .execute();
    dsl.deleteFrom(CHAT).where(is(from)).execute();
  }

  private Condition is(UUID chat) {
    return CHAT.TENANT_ID
        .eq(account.tenant().value())
        .and(CHAT.INSTANCE_ID.eq(account.instance().value()))
        .and(CHAT.ID.eq(chat));
  }

  /** Of two copies the readable one stays, of two alike the one that is further. */
  private void dropDoubles(UUID from, UUID into) {
    dropDoubles(into, from, MESSAGE.KIND.eq(UNDECRYPTABLE));
    dropDoubles(into, from, KEPT.KIND.ne(UNDECRYPTABLE).and(place(MESSAGE).lt(place(KEPT))));
    dropDoubles(from, into, DSL.noCondition());
  }

  private void dropDoubles(UUID from, UUID into, Condition which) {
    dsl.deleteFrom(MESSAGE)
        .using(KEPT)
        .where(
            MESSAGE.CHAT_ID.eq(from),
            KEPT.CHAT_ID.eq(into),
            KEPT.MESSAGE_ID.eq(MESSAGE.MESSAGE_ID),
            KEPT.DIRECTION.eq(MESSAGE.DIRECTION),
            which)
        .execute();
  }

  /** How far a message is. */
  private static Field<Integer> place(dev.switchboard.store.jooq.tables.Message message) {
    return DSL.field("array_position({0}, {1})", Integer.class, FORWARD, message.STATUS);
  }
}
