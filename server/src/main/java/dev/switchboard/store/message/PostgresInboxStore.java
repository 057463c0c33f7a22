package dev.switchboard.store.message;

import dev.switchboard.connector.Receipt;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.inbox.InboxStore;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.store.account.RecordTable;
import dev.switchboard.store.database.Transactions;
import dev.switchboard.store.encryption.Encryption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;

/** Arrivals in PostgreSQL. */
public final class PostgresInboxStore implements InboxStore {
  private final Transactions transactions;
  private final RecordTable records;
  private final ChatTable chats;
  private final MessageTable messages;

  public PostgresInboxStore(Transactions transactions, Encryption encryption) {
    this.transactions = transactions;
    this.records = new RecordTable(encryption);
    this.chats = new ChatTable(encryption);
    this.messages = new MessageTable(encryption, chats);
  }

  @Override
  public boolean receive(Message message, List<RecordChange> changes) {
    return transactions.write(
        dsl -> {
          UUID chat = chats.findOrCreate(dsl, message.account(), message.chat()).id();
          boolean isNew = messages.insert(dsl, chat, message);
          records.apply(dsl, message.account(), changes);
          return isNew;
        });
  }

  @Override
  public List<Message> applyReceipt(AccountKey account, Receipt receipt) {
    return transactions.write(
        dsl -> {
          List<Message> moved = new ArrayList<>();
          for (MessageId id : receipt.ids()) {
            apply(dsl, account, id, receipt, moved);
          }
          return moved;
        });
  }

  /**
   * The chat is not compared: ids are unique enough, and a receipt may name its sender by an alias
   * that is not known yet.
   */
  private void apply(
      DSLContext dsl,
      AccountKey account,
      MessageId id,
      Receipt receipt,
      List<Message> moved) {
    messages
        .lockOutbound(dsl, account, id)
        .ifPresent(
            stored -> {
              Message next = Progress.to(stored.message(), receipt.status(), receipt.at());
              if (next.status() != stored.message().status()) {
                messages.update(dsl, stored.sequence(), next);
                moved.add(next);
              }
            });
  }
}
