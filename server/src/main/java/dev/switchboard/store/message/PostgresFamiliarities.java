package dev.switchboard.store.message;

import static dev.switchboard.store.jooq.Tables.MESSAGE;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.message.Direction;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.outbox.sender.Familiarities;
import dev.switchboard.pacing.Familiarity;
import dev.switchboard.store.contact.Chats;
import dev.switchboard.store.database.Transactions;
import dev.switchboard.store.encryption.Encryption;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;

/** How well accounts know people, by the messages that are stored. */
public final class PostgresFamiliarities implements Familiarities {
  private static final Condition TAKEN =
      MESSAGE
          .DIRECTION
          .eq(Direction.INBOUND.name())
          .or(
              MESSAGE.STATUS.in(
                  MessageStatus.SENT.name(),
                  MessageStatus.DELIVERED.name(),
                  MessageStatus.READ.name(),
                  MessageStatus.PLAYED.name()));

  private final Transactions transactions;
  private final Chats chats;

  public PostgresFamiliarities(Transactions transactions, Encryption encryption) {
    this.transactions = transactions;
    this.chats = new Chats(encryption);
  }

  @Override
  public Familiarity of(AccountKey account, Peer person) {
    return transactions.read(dsl -> {
      var here = MESSAGE.CHAT_ID.in(chats.find(dsl, account, List.of(person)));
      if (any(dsl, MessageTable.of(account).and(here).and(TAKEN))) {
        return Familiarity.KNOWN;
      }
      return any(dsl, MessageTable.of(account).and(here).and(MESSAGE.ATTEMPTS.gt(0)))
          ? Familiarity.APPROACHED
          : Familiarity.NEW;
    });
  }

  private static boolean any(DSLContext dsl, Condition condition) {
    return dsl.fetchExists(MESSAGE, condition);
  }
}
