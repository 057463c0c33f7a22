package dev.switchboard.store.projection;

import static dev.switchboard.store.projection.ProjectedJournal.AT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.history.DeadLetter;
import dev.switchboard.history.MessageQuery;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.message.Direction;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.model.message.Priority;
import dev.switchboard.model.message.Request;
import dev.switchboard.model.message.SendOptions;
import dev.switchboard.outbox.RequestWindow;
import dev.switchboard.outbox.StoredRequests;
import dev.switchboard.store.Accounts;
import dev.switchboard.store.DatabaseExtension;
import dev.switchboard.store.account.PostgresInstanceStore;
import dev.switchboard.store.contact.PostgresContactStore;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.jooq.Tables;
import dev.switchboard.store.jooq.tables.records.MessageRecord;
import dev.switchboard.store.message.PostgresHistory;
import dev.switchboard.store.message.PostgresInboxStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DatabaseExtension.class)
class PostgresProjectionStoreIT {
  private Database database;
  private ProjectedJournal journal;
  private PostgresHistory history;
  private AccountKey account;
  private Peer friend;

  @BeforeEach
  void open(Database database) {
    this.database = database;
    journal = new ProjectedJournal(database);
    history = new PostgresHistory(database.transactions(), database.encryption());
    account = Accounts.stored(database);
    friend = new Peer(Accounts.phoneNumber(), Accounts.lid());
  }

  @Test
  void storesAcceptedMessageWithHowItIsToBeSent() {
    var options =
        new SendOptions(Priority.HIGH, AT.plusSeconds(5), AT.plusSeconds(9), true, "bulk-1");
    var id = new MessageId("3EB0BB");
    journal.append(ProjectedJournal.accepted(account, id, friend, "hello", options, 0));

    assertThat(journal.project()).isEmpty();

    var message = find(id);
    assertThat(message.status()).isEqualTo(MessageStatus.ACCEPTED);
    assertThat(message.chat()).isEqualTo(friend);
    assertThat(message.content()).isEqualTo(new MessageContent.Text("hello"));
    assertThat(message.occurredAt()).isEqualTo(Accounts.NOON);
    var row = row(id);
    assertThat(row.getPriority()).isEqualTo("HIGH");
    assertThat(row.getNotBefore()).isEqualTo(options.notBefore());
    assertThat(row.getExpiresAt()).isEqualTo(options.expiresAt());
    assertThat(row.getTyping()).isTrue();
    assertThat(row.getBulk()).isEqualTo("bulk-1");
    assertThat(row.getWaiting()).isTrue();
  }

  @Test
  void tellsEveryStepOfOneBatchAsItWasThen() {
    var id = journal.accept(account, friend, "hello");
    journal.attempt(account, id, 1);
    journal.sent(account, id, friend);
    journal.progressed(account, friend, MessageStatus.DELIVERED, id);
    journal.progressed(account, friend, MessageStatus.READ, id);

    assertThat(journal.project())
        .extracting(Message::status)
        .containsExactly(MessageStatus.SENT, MessageStatus.DELIVERED, MessageStatus.READ);
    assertThat(find(id).sentAt()).isEqualTo(AT);
    assertThat(find(id).deliveredAt()).isEqualTo(AT.plusSeconds(1));
    assertThat(find(id).readAt()).isEqualTo(AT.plusSeconds(1));
    assertThat(row(id).getAttempts()).isEqualTo(1);
    assertThat(row(id).getWaiting()).isFalse();
  }

  @Test
  void endsTheSameWhenEveryEntryIsABatch() {
    var id = journal.accept(account, friend, "hello");
    assertThat(journal.project()).isEmpty();
    journal.attempt(account, id, 1);
    assertThat(journal.project()).isEmpty();
    assertThat(find(id).status()).isEqualTo(MessageStatus.SENDING);
    journal.sent(account, id, friend);
    assertThat(journal.project()).containsExactly(find(id));
    journal.progressed(account, friend, MessageStatus.DELIVERED, id);
    assertThat(journal.project()).containsExactly(find(id));
    assertThat(find(id).content()).isEqualTo(new MessageContent.Text("hello"));
    assertThat(find(id).status()).isEqualTo(MessageStatus.DELIVERED);
  }

  @Test
  void movesForwardOnlyAndTellsNothingElse() {
    var id = journal.accept(account, friend, "hello");
    journal.progressed(account, friend, MessageStatus.READ, id);
    journal.project();

    journal.progressed(account, friend, MessageStatus.DELIVERED, id);
    journal.attempt(account, id, 2);
    journal.failed(account, id);
    journal.append(new JournalEntry.Cancelled(account, id, AT));

    assertThat(journal.project()).isEmpty();
    assertThat(find(id).status()).isEqualTo(MessageStatus.READ);
  }

  @Test
  void appliesNothingTwice() {
    var id = journal.accept(account, friend, "hello");
    journal.failed(account, id);
    var batch = journal.left();
    assertThat(journal.project()).hasSize(1);
    var next = journal.next();

    assertThat(journal.project(batch)).isEmpty();

    assertThat(journal.next()).isEqualTo(next);
    assertThat(history.list(query()).messages()).hasSize(1);
  }

  @Test
  void appliesOfABatchOnlyWhatIsNew() {
    var first = journal.accept(account, friend, "first");
    var begun = journal.left();
    journal.project();
    var second = journal.accept(account, friend, "second");
    journal.sent(account, second, friend);
    var both = new ArrayList<>(begun);
    both.addAll(journal.left());

    assertThat(journal.project(both)).extracting(Message::id).containsExactly(second);
    assertThat(history.list(query()).messages())
        .extracting(Message::id)
        .containsExactly(second, first);
  }

  @Test
  void givesFailedMessageAnotherChanceUnderTheSameId() {
    var id = journal.accept(account, friend, "hello");
    journal.attempt(account, id, 3);
    journal.failed(account, id);
    journal.project();
    assertThat(find(id).failure()).isEqualTo(ProjectedJournal.failure());

    var low = new SendOptions(Priority.LOW, null, null, false, null);
    journal.append(ProjectedJournal.accepted(account, id, friend, "hello", low, 1));
    journal.project();

    assertThat(find(id).status()).isEqualTo(MessageStatus.ACCEPTED);
    assertThat(find(id).failure()).isNull();
    assertThat(row(id).getRequeues()).isEqualTo(1);
    assertThat(row(id).getAttempts()).isEqualTo(3);
    assertThat(row(id).getPriority()).isEqualTo("LOW");
    assertThat(row(id).getWaiting()).isTrue();
  }

  @Test
  void knowsOfADeadLetterHowOftenItGotAnotherChance() {
    var inBulk = new SendOptions(Priority.HIGH, null, null, true, "bulk");
    var id = new MessageId("3EB0DEAD");
    for (var chance = 0; chance < 3; chance++) {
      journal.append(ProjectedJournal.accepted(account, id, friend, "hello", inBulk, chance));
      journal.project();
      assertThat(history.deadLetter(account, id)).isEmpty();
      journal.failed(account, id);
      journal.project();
      assertThat(history.deadLetter(account, id))
          .contains(new DeadLetter(find(id), true, "bulk", chance));
    }
    assertThat(history.deadLetter(account, new MessageId("3EB0"))).isEmpty();
  }

  @Test
  void givesNoOtherChanceToWhatDidNotFailOrHadIt() {
    var sent = journal.accept(account, friend, "sent");
    journal.sent(account, sent, friend);
    var failed = journal.accept(account, friend, "failed");
    journal.failed(account, failed);
    journal.append(
        ProjectedJournal.accepted(account, failed, friend, "failed", SendOptions.DEFAULT, 1));
    journal.failed(account, failed);
    journal.project();

    journal.append(
        ProjectedJournal.accepted(account, sent, friend, "sent", SendOptions.DEFAULT, 1));
    journal.append(
        ProjectedJournal.accepted(account, failed, friend, "failed", SendOptions.DEFAULT, 1));
    journal.project();

    assertThat(find(sent).status()).isEqualTo(MessageStatus.SENT);
    assertThat(find(failed).status()).isEqualTo(MessageStatus.FAILED);
  }

  @Test
  void takesBackAndReschedulesWhatWaits() {
    var cancelled = journal.accept(account, friend, "cancelled");
    var later = journal.accept(account, friend, "later");
    journal.project();
    journal.append(new JournalEntry.Cancelled(account, cancelled, AT));
    journal.append(new JournalEntry.Rescheduled(account, later, AT.plusSeconds(7), AT));

    assertThat(journal.project()).containsExactly(find(cancelled));
    assertThat(find(cancelled).status()).isEqualTo(MessageStatus.CANCELLED);
    assertThat(row(cancelled).getWaiting()).isFalse();
    assertThat(row(later).getNotBefore()).isEqualTo(AT.plusSeconds(7));
  }

  @Test
  void learnsNamesFromTheAcknowledgement() {
    var number = Peer.of(friend.knownPhoneNumber().orElseThrow());
    var id = journal.accept(account, number, "hello");
    journal.project();
    journal.sent(account, id, friend);

    assertThat(journal.project()).extracting(Message::chat).containsExactly(friend);
    assertThat(find(id).chat()).isEqualTo(friend);
  }

  @Test
  void takesReceiptOfALidThatNothingIsKnownOf() {
    var number = Peer.of(friend.knownPhoneNumber().orElseThrow());
    var id = journal.accept(account, number, "hello");
    journal.sent(account, id, number);
    journal.progressed(account, Peer.of(Accounts.lid()), MessageStatus.DELIVERED, id);
    journal.progressed(account, Peer.of(Accounts.phoneNumber()), MessageStatus.READ, id);
    journal.project();

    assertThat(find(id).status()).isEqualTo(MessageStatus.DELIVERED);
  }

  @Test
  void findsMessageInTheChatThatItsChatBecame() {
    var number = Peer.of(friend.knownPhoneNumber().orElseThrow());
    var lid = Peer.of(friend.knownLid().orElseThrow());
    var byNumber = journal.accept(account, number, "by number");
    var byLid = journal.accept(account, lid, "by LID");
    journal.project();
    contacts().merge(account, List.of(friend), false, List.of());
    journal.sent(account, byNumber, number);
    journal.progressed(account, lid, MessageStatus.DELIVERED, byNumber, byLid);
    journal.project();

    assertThat(history.list(query()).messages())
        .allMatch(message -> message.chat().equals(friend))
        .allMatch(message -> message.status() == MessageStatus.DELIVERED)
        .hasSize(2);
  }

  @Test
  void keepsApartWhatAnotherDeviceWroteUnderTheSameId() {
    var id = journal.accept(account, friend, "ours");
    var other = Peer.of(Accounts.phoneNumber());
    var theirs = Accounts.outbound(account, other, "theirs");
    inbox().receive(sentByOtherDevice(theirs, id), List.of());
    journal.attempt(account, id, 1);
    journal.sent(account, id, friend);
    journal.project();

    var rows = rows(id);
    assertThat(rows).hasSize(2);
    assertThat(rows).filteredOn(row -> row.getAttempts() == 1).hasSize(1);
    assertThat(history.list(query()).messages())
        .extracting(Message::chat)
        .containsExactlyInAnyOrder(friend, other);
  }

  @Test
  void failsWhatWaitsWhenUnlinkedAndWhatComesUntilLinked() {
    var waiting = journal.accept(account, friend, "waiting");
    var sent = journal.accept(account, friend, "sent");
    journal.sent(account, sent, friend);
    journal.project();
    var gone = new Failure(FailureCause.LOGGED_OUT, "gone", null);
    journal.append(new JournalEntry.Unlinked(account, gone, AT));
    var with = journal.accept(account, friend, "in the same batch");
    assertThat(journal.project()).extracting(Message::id).containsExactly(waiting, with);
    var after = journal.accept(account, friend, "in a later batch");
    assertThat(journal.project()).extracting(Message::id).containsExactly(after);
    journal.append(new JournalEntry.Linked(account, AT));
    var linked = journal.accept(account, friend, "linked again");
    journal.project();
    var later = journal.accept(account, friend, "and later");
    journal.project();

    assertThat(List.of(find(waiting), find(with), find(after)))
        .extracting(Message::failure)
        .containsOnly(gone);
    assertThat(find(sent).status()).isEqualTo(MessageStatus.SENT);
    assertThat(find(linked).status()).isEqualTo(MessageStatus.ACCEPTED);
    assertThat(find(later).status()).isEqualTo(MessageStatus.ACCEPTED);
  }

  @Test
  void passesOverWhatNamesAnInstanceThatIsNotThere() {
    var nobody = Accounts.key();
    var lost = journal.accept(nobody, friend, "to nobody");
    journal.attempt(nobody, lost, 1, put("a", 1));
    journal.sent(nobody, lost, friend);
    journal.append(new JournalEntry.Unlinked(nobody, new Failure(FailureCause.LOGGED_OUT, ""), AT));
    var kept = journal.accept(account, friend, "kept");
    journal.sent(account, kept, friend);

    assertThat(journal.project()).extracting(Message::id).containsExactly(kept);
  }

  @Test
  void keepsTheLastChangeOfARecord() {
    var id = journal.accept(account, friend, "hello");
    journal.attempt(account, id, 1, put("a", 1), put("b", 1), put("c", 1));
    journal.attempt(account, id, 2, put("a", 2), new RecordChange.Remove(key("b")));
    journal.project();
    journal.attempt(account, id, 3, put("b", 3), new RecordChange.Remove(key("c")));
    journal.project();

    var records = instances().records(account);
    assertThat(records.read(key("a")).orElseThrow()).containsExactly(2);
    assertThat(records.read(key("b")).orElseThrow()).containsExactly(3);
    assertThat(records.read(key("c"))).isEmpty();
  }

  @Test
  void carriedMessageKeepsItsRow() {
    var id = journal.accept(account, friend, "hello");
    journal.project();
    var accepted =
        ProjectedJournal.accepted(
            account, id, friend, "hello", SendOptions.DEFAULT.withNotBefore(AT), 0);
    journal.append(new JournalEntry.Carried(accepted, 0, 1));
    journal.append(new JournalEntry.AccountCarried(account, false, null, new byte[0]));
    journal.project();

    assertThat(history.list(query()).messages()).hasSize(1);
    assertThat(row(id).getNotBefore()).isEqualTo(AT);
  }

  @Test
  void notesRequestsWithTheirAnswers() {
    var request = new Request(UUID.randomUUID().toString(), new byte[] {1, 2});
    var id = new MessageId("3EB0CC");
    journal.append(
        new JournalEntry.Accepted(
            account,
            id,
            friend,
            new MessageContent.Text("hello"),
            Accounts.NOON,
            SendOptions.DEFAULT,
            request,
            0));
    journal.project();

    var noted =
        database
            .transactions()
            .read(dsl ->
                dsl.selectFrom(Tables.REQUEST)
                    .where(Tables.REQUEST.ID.eq(request.id()))
                    .fetchSingle());
    assertThat(noted.getMessageId()).isEqualTo(id.value());
    assertThat(noted.getBodyHash()).containsExactly(1, 2);
  }

  @Test
  void tellsTheNewestRequestsInOrderOfAge() {
    var begin = Instant.parse("2090-01-01T00:00:00Z"); // Newer than those of other tests.
    for (int i = 1; i <= 4; i++) {
      journal.append(
          new JournalEntry.Accepted(
              account,
              new MessageId("3EB0CD" + i),
              friend,
              new MessageContent.Text("hello"),
              begin.plusSeconds(i),
              SendOptions.DEFAULT,
              new Request("request " + i, new byte[] {(byte) i}),
              0));
    }
    journal.project();

    var told = new ArrayList<StoredRequests.Stored>();
    new PostgresStoredRequests(database.transactions())
        .forEachNewest(begin.plusSeconds(1), 2, told::add);
    assertThat(told).extracting(it -> it.request().id()).containsExactly("request 3", "request 4");
    assertThat(told.getFirst().tenant()).isEqualTo(account.tenant());
    assertThat(told.getFirst().request().bodyHash()).containsExactly(3);
    assertThat(told.getFirst().answer())
        .isEqualTo(
            new RequestWindow.Answer(account, new MessageId("3EB0CD3"), begin.plusSeconds(3)));
  }

  @Test
  void doesNotKnowWhatBecameOfWhatWasWrittenBeforeTheAccountWasUnlinked() {
    var written = journal.accept(account, friend, "written");
    journal.attempt(account, written, 1);
    journal.append(
        new JournalEntry.Unlinked(account, new Failure(FailureCause.LOGGED_OUT, "gone"), AT));
    journal.project();
    assertThat(find(written).failure())
        .isEqualTo(new Failure(FailureCause.OUTCOME_UNKNOWN, "LOGGED_OUT"));
  }

  @Test
  void keepsTheRecordsOfAnAttemptThatIsPutAside() {
    var id = journal.accept(account, friend, "hello");
    journal.project();
    journal.attempt(account, id, 1, put("a", 1));

    journal.setAside("error-1");

    assertThat(instances().records(account).read(key("a")).orElseThrow()).containsExactly(1);
    assertThat(find(id).status()).isEqualTo(MessageStatus.ACCEPTED);
    assertThat(journal.setAsideErrors()).containsExactly("error-1");
    journal.sent(account, id, friend);
    assertThat(journal.project()).hasSize(1);
  }

  @Test
  void aBatchTakesEffectAsAWholeOrNotAtAll() {
    var id = journal.accept(account, friend, "hello");
    var next = journal.accept(account, friend, "good");
    var impossible = new Failure(FailureCause.REFUSED_BY_NETWORK, "no \u0000 in PostgreSQL", null);
    journal.append(new JournalEntry.Failed(account, next, impossible, AT));

    assertThatThrownBy(journal::project).isInstanceOf(DataAccessException.class);

    assertThat(history.find(account, id)).isEmpty();
    assertThat(journal.begun()).isFalse();
  }

  @Test
  void forgetsThePositionsOfAnotherJournal() {
    journal.accept(account, friend, "hello");
    journal.project();

    var other = new ProjectedJournal(database);
    var id = other.accept(account, friend, "from another journal");
    other.project();

    assertThat(find(id).status()).isEqualTo(MessageStatus.ACCEPTED);
  }

  @Test
  void goesBackToTheEndOfAJournalThatLostMore() {
    var kept = journal.accept(account, friend, "kept");
    journal.project();
    var end = journal.end();
    var lost = journal.accept(account, friend, "lost");
    journal.attempt(account, lost, 1, put("a", 1));
    journal.project();
    recordsWereAt(journal.end() - 1);

    journal.loseFrom(end);
    assertThat(journal.store().waiting().get(account)).containsExactlyInAnyOrder(kept, lost);
    var why = new Failure(FailureCause.OUTCOME_UNKNOWN, "lost");
    journal.store().fail(List.of(new JournalEntry.Failed(account, lost, why, AT)));

    assertThat(journal.next()).isEqualTo(end);
    assertThat(find(lost).failure()).isEqualTo(why);
    assertThat(journal.store().waiting().get(account)).containsExactly(kept);
    journal.attempt(account, kept, 1, put("a", 2));
    var next = journal.accept(account, friend, "in the place of what was lost");
    journal.project();
    assertThat(find(kept).status()).isEqualTo(MessageStatus.SENDING);
    assertThat(find(next).status()).isEqualTo(MessageStatus.ACCEPTED);
    assertThat(instances().records(account).read(key("a")).orElseThrow()).containsExactly(2);
  }

  @Test
  void findsEverythingThatWaitsPageByPage() {
    var other = Accounts.stored(database);
    var own = new HashSet<MessageId>();
    var others = new HashSet<MessageId>();
    for (int i = 0; i < 3; i++) {
      own.add(journal.accept(account, friend, "text " + i));
      others.add(journal.accept(other, friend, "text " + i));
    }
    var sent = journal.accept(account, friend, "sent");
    journal.sent(account, sent, friend);
    journal.project();

    for (int atOnce = 1; atOnce < 8; atOnce++) {
      var waiting = WaitingMessages.read(database.transactions(), atOnce);
      assertThat(waiting.get(account)).isEqualTo(own);
      assertThat(waiting.get(other)).isEqualTo(others);
    }
  }

  @Test
  void isAheadOfAnotherJournal() {
    journal.accept(account, friend, "hello");
    journal.project();

    assertThat(journal.store().isAhead(journal.id(), journal.end())).isFalse();
    assertThat(belongsToAnotherThan(journal.id())).isFalse();
    assertThat(journal.store().isAhead("another", Long.MAX_VALUE)).isTrue();
    assertThat(belongsToAnotherThan("another")).isTrue();
  }

  private boolean belongsToAnotherThan(String id) {
    return PostgresProjectionStore.belongsToAnother(database.transactions(), id);
  }

  /** As if somebody had written records of his own at that position. */
  private void recordsWereAt(long position) {
    database
        .transactions()
        .run(dsl ->
            assertThat(
                    dsl.update(Tables.JOURNAL_ACCOUNT)
                        .set(Tables.JOURNAL_ACCOUNT.RECORDS_POSITION, position)
                        .where(Tables.JOURNAL_ACCOUNT.INSTANCE_ID.eq(account.instance().value()))
                        .execute())
                .isOne());
  }

  private static Message sentByOtherDevice(Message message, MessageId id) {
    return new Message(
        message.account(),
        id,
        message.chat(),
        Direction.OUTBOUND,
        MessageStatus.SENT,
        message.content(),
        AT,
        AT,
        AT,
        null,
        null,
        null);
  }

  private static RecordKey key(String name) {
    return new RecordKey(RecordKind.SESSION, name);
  }

  private static RecordChange put(String name, int value) {
    return new RecordChange.Put(key(name), new byte[] {(byte) value});
  }

  private Message find(MessageId id) {
    return history.find(account, id).orElseThrow();
  }

  private MessageQuery query() {
    return new MessageQuery(account, null, null, null, null, 100);
  }

  private MessageRecord row(MessageId id) {
    return rows(id).getFirst();
  }

  private List<MessageRecord> rows(MessageId id) {
    return database
        .transactions()
        .read(dsl ->
            dsl.selectFrom(Tables.MESSAGE)
                .where(Tables.MESSAGE.MESSAGE_ID.eq(id.value()))
                .and(Tables.MESSAGE.INSTANCE_ID.eq(account.instance().value()))
                .fetch());
  }

  private PostgresInboxStore inbox() {
    return new PostgresInboxStore(database.transactions(), database.encryption());
  }

  private PostgresContactStore contacts() {
    return new PostgresContactStore(database.transactions(), database.encryption());
  }

  private PostgresInstanceStore instances() {
    return new PostgresInstanceStore(database.transactions(), database.encryption());
  }
}
