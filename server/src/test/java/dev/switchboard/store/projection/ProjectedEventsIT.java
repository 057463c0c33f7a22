package dev.switchboard.store.projection;

import static dev.switchboard.store.projection.ProjectedJournal.AT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.api.v1.Event;
import dev.switchboard.api.v1.MessageStatus;
import dev.switchboard.contract.PeerMapper;
import dev.switchboard.contract.Times;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.SendOptions;
import dev.switchboard.store.Accounts;
import dev.switchboard.store.DatabaseExtension;
import dev.switchboard.store.TakenEvents;
import dev.switchboard.store.database.Database;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is told of the journal: what moved, in the order of the entries, and nothing else. */
@ExtendWith(DatabaseExtension.class)
class ProjectedEventsIT {
  private final TakenEvents events = new TakenEvents();
  private ProjectedJournal journal;
  private AccountKey account;
  private Peer friend;

  @BeforeEach
  void open(Database database) {
    journal = new ProjectedJournal(database, events.rows(database));
    account = Accounts.stored(database);
    friend = new Peer(Accounts.phoneNumber(), Accounts.lid());
  }

  @Test
  void tellsEveryStepOfAMessageInOrder() {
    var id = journal.accept(account, friend, "hello");
    journal.attempt(account, id, 1);
    journal.sent(account, id, friend);
    journal.progressed(account, friend, delivered(), id);
    journal.progressed(account, friend, delivered(), id);
    journal.progressed(account, friend, read(), id);
    var _ = journal.project();

    var told = events.take();
    assertThat(kinds(told))
        .containsExactly(
            "CONTACT_UPDATED",
            "MESSAGE_ACCEPTED",
            "MESSAGE_STATUS_CHANGED",
            "MESSAGE_STATUS_CHANGED",
            "MESSAGE_STATUS_CHANGED");
    assertThat(told.get(1).getMessageAccepted().getMessage().getText().getText())
        .isEqualTo("hello");
    assertThat(told.subList(2, 5))
        .extracting(event -> event.getMessageStatusChanged().getMessage().getStatus())
        .containsExactly(
            MessageStatus.MESSAGE_STATUS_SENT,
            MessageStatus.MESSAGE_STATUS_DELIVERED,
            MessageStatus.MESSAGE_STATUS_READ);
    assertThat(told.subList(2, 5))
        .extracting(event -> event.getMessageStatusChanged().getPreviousStatus())
        .containsExactly(
            MessageStatus.MESSAGE_STATUS_SENDING,
            MessageStatus.MESSAGE_STATUS_SENT,
            MessageStatus.MESSAGE_STATUS_DELIVERED);
    assertThat(told.get(2).getMessageStatusChanged().hasRecipient()).isFalse();
    var recipient = told.get(4).getMessageStatusChanged().getRecipient();
    assertThat(recipient.getRecipient()).isEqualTo(PeerMapper.toContract(friend));
    assertThat(recipient.getStatus()).isEqualTo(MessageStatus.MESSAGE_STATUS_READ);
    assertThat(Times.toModel(told.get(4).getOccurTime())).isEqualTo(AT.plusSeconds(1));
  }

  @Test
  void tellsEachStepOnceThoughTheBatchComesAgain() {
    var id = journal.accept(account, friend, "hello");
    journal.sent(account, id, friend);
    var batch = journal.left();
    var _ = journal.project();
    assertThat(events.take()).hasSize(3);
    assertThat(journal.project(batch)).isEmpty();
    assertThat(events.take()).isEmpty();
  }

  @Test
  void tellsWhatFailedAndGotAnotherChance() {
    var id = journal.accept(account, friend, "hello");
    journal.failed(account, id);
    journal.append(ProjectedJournal.accepted(account, id, friend, "hello", SendOptions.DEFAULT, 1));
    journal.failed(account, id);
    journal.failed(account, id);
    var _ = journal.project();

    var told = events.take();
    assertThat(kinds(told))
        .containsExactly(
            "CONTACT_UPDATED",
            "MESSAGE_ACCEPTED",
            "MESSAGE_FAILED",
            "MESSAGE_REQUEUED",
            "MESSAGE_FAILED");
    assertThat(told.get(2).getMessageFailed().getMessage().getFailure().getDetail())
        .isEqualTo("of no avail");
    assertThat(told.get(3).getMessageRequeued().getRequeueCount()).isEqualTo(1);
    assertThat(told.get(3).getMessageRequeued().getMessage().getStatus())
        .isEqualTo(MessageStatus.MESSAGE_STATUS_ACCEPTED);
  }

  @Test
  void tellsWhatIsToGoAtAnotherTimeOrNotAtAll() {
    var id = journal.accept(account, friend, "hello");
    var _ = journal.project();
    var _ = events.take();
    journal.append(new JournalEntry.Rescheduled(account, id, AT.plusSeconds(9), AT));
    journal.append(new JournalEntry.Rescheduled(account, id, AT.plusSeconds(9), AT));
    journal.append(new JournalEntry.Cancelled(account, id, AT));
    journal.append(new JournalEntry.Rescheduled(account, id, null, AT));
    journal.append(new JournalEntry.Cancelled(account, id, AT));
    var _ = journal.project();

    var told = events.take();
    assertThat(kinds(told)).containsExactly("MESSAGE_RESCHEDULED", "MESSAGE_CANCELLED");
    var rescheduled = told.getFirst().getMessageRescheduled();
    assertThat(Times.toModel(rescheduled.getNotBefore())).isEqualTo(AT.plusSeconds(9));
    assertThat(rescheduled.getMessage().getText().getText()).isEqualTo("hello");
  }

  @Test
  void tellsOfPausesAndOfWhatFailsWithTheLink() {
    var one = journal.accept(account, friend, "one");
    var two = journal.accept(account, friend, "two");
    var _ = journal.project();
    var _ = events.take();
    journal.append(new JournalEntry.Paused(account, AT));
    journal.append(new JournalEntry.Resumed(account, AT));
    journal.append(new JournalEntry.Unlinked(account, ProjectedJournal.failure(), AT));
    var _ = journal.accept(account, friend, "three");
    var _ = journal.project();

    var told = events.take();
    assertThat(kinds(told))
        .containsExactly(
            "QUEUE_PAUSED",
            "QUEUE_RESUMED",
            "MESSAGE_FAILED",
            "MESSAGE_FAILED",
            "MESSAGE_ACCEPTED",
            "MESSAGE_FAILED");
    assertThat(told.subList(2, 4))
        .extracting(event -> event.getMessageFailed().getMessage().getMessageId())
        .containsExactly(one.value(), two.value());
  }

  @Test
  void tellsNothingOfWhatIsOnlySaidAgain() {
    var id = journal.accept(account, friend, "hello");
    var _ = journal.project();
    var _ = events.take();
    var accepted = ProjectedJournal.accepted(account, id, friend, "hello", SendOptions.DEFAULT, 0);
    journal.append(accepted);
    journal.append(new JournalEntry.Carried(accepted, 0, 10));
    journal.append(new JournalEntry.AccountCarried(account, true, null, new byte[0]));
    journal.append(new JournalEntry.Linked(account, AT));
    journal.attempt(account, id, 1);
    var _ = journal.project();
    assertThat(events.take()).isEmpty();
  }

  @Test
  void tellsNothingOfABatchThatFails() {
    var _ = journal.accept(account, friend, "hello");
    // Nothing of the database takes such a text.
    journal.append(
        new JournalEntry.Accepted(
            account,
            new MessageId("3EB0AAFAIL"),
            friend,
            new MessageContent.Text("two"),
            AT,
            new SendOptions(SendOptions.DEFAULT.priority(), null, null, false, "\0"),
            null,
            0));
    assertThatThrownBy(() -> journal.project()).isInstanceOf(RuntimeException.class);
    assertThat(events.take()).isEmpty();
    assertThat(events.doubts()).isZero();
  }

  private static dev.switchboard.model.message.MessageStatus delivered() {
    return dev.switchboard.model.message.MessageStatus.DELIVERED;
  }

  private static dev.switchboard.model.message.MessageStatus read() {
    return dev.switchboard.model.message.MessageStatus.READ;
  }

  private static List<String> kinds(List<Event> events) {
    return events.stream()
        .map(event -> event.getKind().name().substring("EVENT_KIND_".length()))
        .toList();
  }
}
