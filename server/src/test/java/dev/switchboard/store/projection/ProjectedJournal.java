package dev.switchboard.store.projection;

import static dev.switchboard.store.jooq.Tables.JOURNAL_SET_ASIDE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.Receipt;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.Positioned;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.model.message.SendOptions;
import dev.switchboard.projection.PendingRecords;
import dev.switchboard.projection.ProjectionStore;
import dev.switchboard.store.Accounts;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.event.EventRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** A journal of its own that is projected when a test says so. */
public final class ProjectedJournal {
  public static final Instant AT = Accounts.NOON.plusSeconds(60);

  private static final AtomicLong NEXT_MESSAGE = new AtomicLong(1);

  private final String id = UUID.randomUUID().toString();
  private final Database database;
  private final ProjectionStore store;
  private final List<Positioned> entries = new ArrayList<>();
  private long position = 10;

  public ProjectedJournal(Database database) {
    this(database, EventRows.none());
  }

  public ProjectedJournal(Database database, EventRows events) {
    this.database = database;
    store =
        new PostgresProjectionStore(
            database.transactions(), database.encryption(), PendingRecords.none(), events);
    var _ = store.begin(id, position + 1);
  }

  String id() {
    return id;
  }

  public void append(JournalEntry entry) {
    entries.add(new Positioned(position += 3, entry));
  }

  /** Accepts a message. */
  public MessageId accept(AccountKey account, Peer to, String text) {
    var message = new MessageId("3EB0AA" + NEXT_MESSAGE.getAndIncrement());
    append(accepted(account, message, to, text, SendOptions.DEFAULT, 0));
    return message;
  }

  static JournalEntry.Accepted accepted(
      AccountKey account,
      MessageId message,
      Peer to,
      String text,
      SendOptions options,
      int requeues) {
    return new JournalEntry.Accepted(
        account,
        message,
        to,
        new MessageContent.Text(text),
        Accounts.NOON,
        options,
        null,
        requeues);
  }

  public void attempt(AccountKey account, MessageId message, int attempt, RecordChange... changes) {
    append(new JournalEntry.Attempted(account, message, attempt, false, AT, List.of(changes)));
  }

  public void sent(AccountKey account, MessageId message, Peer to) {
    append(new JournalEntry.Sent(account, message, to, AT));
  }

  public void failed(AccountKey account, MessageId message) {
    append(new JournalEntry.Failed(account, message, failure(), AT));
  }

  static Failure failure() {
    return new Failure(FailureCause.RETRIES_EXHAUSTED, "of no avail", AT);
  }

  public void progressed(AccountKey account, Peer chat, MessageStatus status, MessageId... ids) {
    append(
        new JournalEntry.Progressed(
            account, new Receipt(chat, List.of(ids), status, AT.plusSeconds(1))));
  }

  /** Applies what was appended since the last time, in one batch. */
  public List<Message> project() {
    var batch = List.copyOf(entries);
    entries.clear();
    return project(batch);
  }

  List<Message> project(List<Positioned> batch) {
    return store.apply(id, batch, position + 1);
  }

  /** What was appended and not projected. */
  List<Positioned> left() {
    return List.copyOf(entries);
  }

  /** Puts aside the only entry that is left. */
  void setAside(String error) {
    var entry = entries.removeFirst();
    store.setAside(id, entry, entry.position() + 1, error, AT);
  }

  List<String> setAsideErrors() {
    return database
        .transactions()
        .read(dsl ->
            dsl.select(JOURNAL_SET_ASIDE.ERROR_ID)
                .from(JOURNAL_SET_ASIDE)
                .where(JOURNAL_SET_ASIDE.JOURNAL_ID.eq(id))
                .fetch(JOURNAL_SET_ASIDE.ERROR_ID));
  }

  /**
   * As after a loss of power: there is nothing from that position on, and it is given out again.
   */
  void loseFrom(long end) {
    assertThat(store.isAhead(id, position + 1)).isFalse();
    entries.clear();
    position = end - 1;
    assertThat(store.isAhead(id, end)).isTrue();
  }

  long end() {
    return position + 1;
  }

  ProjectionStore store() {
    return store;
  }

  boolean begun() {
    return store.begin(id, position + 1).isPresent();
  }

  long next() {
    return store.begin(id, position + 1).orElseThrow();
  }
}
