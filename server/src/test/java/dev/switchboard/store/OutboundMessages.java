package dev.switchboard.store;

import dev.switchboard.history.History;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.SendOptions;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.message.PostgresHistory;
import dev.switchboard.store.projection.ProjectedJournal;
import java.time.Instant;

/** Has outbound messages stored, as they are when the journal is projected. */
public final class OutboundMessages {
  private final ProjectedJournal journal;
  private final History history;

  public OutboundMessages(Database database) {
    journal = new ProjectedJournal(database);
    history = new PostgresHistory(database.transactions(), database.encryption());
  }

  /** The only journal of this database from now on. */
  public ProjectedJournal journal() {
    return journal;
  }

  /** Stores a message in status ACCEPTED, and whatever else was appended. */
  public Message accept(Message message) {
    return accept(message, SendOptions.DEFAULT);
  }

  /** The same, with how it is to be sent. */
  public synchronized Message accept(Message message, SendOptions options) {
    journal.append(
        new JournalEntry.Accepted(
            message.account(),
            message.id(),
            message.chat(),
            message.content(),
            message.recordedAt(),
            options,
            null,
            0));
    journal.project();
    return history.find(message.account(), message.id()).orElseThrow();
  }

  /** Stores that it was sent. */
  public synchronized Message sent(AccountKey account, MessageId id, Peer to, Instant at) {
    journal.append(new JournalEntry.Sent(account, id, to, at));
    return journal.project().stream()
        .filter(moved -> moved.id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
