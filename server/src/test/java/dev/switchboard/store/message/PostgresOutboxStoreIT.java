package dev.switchboard.store.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.Reason;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.outbox.OutboxStore;
import dev.switchboard.store.Accounts;
import dev.switchboard.store.DatabaseExtension;
import dev.switchboard.store.account.PostgresInstanceStore;
import dev.switchboard.store.database.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DatabaseExtension.class)
class PostgresOutboxStoreIT {
  private static final int LIMIT = 1_000;
  private static final Failure FAILURE = new Failure(FailureCause.RECIPIENT_REFUSED, "479");

  private Database database;
  private PostgresOutboxStore store;
  private AccountKey account;
  private Peer friend;

  @BeforeEach
  void store(Database database) {
    this.database = database;
    store = new PostgresOutboxStore(database.transactions(), database.encryption());
    account = Accounts.stored(database);
    friend = Peer.of(Accounts.phoneNumber());
  }

  @Test
  void handsOutWhatWasAcceptedInItsOrder() {
    var first = accept(friend, "one");
    var second = accept(Peer.of(Accounts.phoneNumber()), "two");

    assertThat(next()).isEqualTo(new OutboxStore.Waiting(first, 0));
    store.sent(account, first.id(), friend, Accounts.NOON);
    assertThat(next()).isEqualTo(new OutboxStore.Waiting(second, 0));
    store.sent(account, second.id(), second.chat(), Accounts.NOON);
    assertThat(store.next(account, List.of())).isEmpty();
  }

  @Test
  void findsWhatWasWrittenInItsChatAlone() {
    var waiting = accept(friend, "waits");
    var written = accept(friend, "written");
    store.attempted(account, written.id(), List.of());
    store.sent(account, written.id(), friend, Accounts.NOON);

    assertThat(store.written(account, friend, written.id()))
        .hasValueSatisfying(found -> {
          assertThat(found.message().content()).isEqualTo(written.content());
          assertThat(found.attempts()).isEqualTo(1);
        });
    assertThat(store.written(account, Peer.of(Accounts.lid()), written.id())).isPresent();
    assertThat(store.written(account, Peer.of(Accounts.phoneNumber()), written.id())).isEmpty();
    assertThat(store.written(account, friend, waiting.id())).isEmpty();
    assertThat(store.written(Accounts.stored(database), friend, written.id())).isEmpty();
  }

  @Test
  void passesOverChatsThatAreSetAsideUnderAnyName() {
    var lid = Accounts.lid();
    var both = new Peer(friend.phoneNumber(), lid);
    accept(both, "waits");
    var other = accept(Peer.of(Accounts.phoneNumber()), "goes");

    assertThat(store.next(account, List.of(Peer.of(lid))).orElseThrow().message()).isEqualTo(other);
    assertThat(store.next(account, List.of(friend, other.chat()))).isEmpty();
  }

  @Test
  void answersRepeatWithTheFirstMessage() {
    var request = request("a");
    var first = store.accept(Accounts.outbound(account, friend, "hello"), request, LIMIT);

    var repeat = store.accept(Accounts.outbound(account, friend, "hello"), request, LIMIT);

    assertThat(repeat).isEqualTo(first);
    store.sent(account, first.id(), friend, Accounts.NOON);
    assertThat(store.next(account, List.of())).isEmpty();
  }

  @Test
  void refusesRequestThatSaysSomethingElse() {
    var request = request("a");
    store.accept(Accounts.outbound(account, friend, "hello"), request, LIMIT);
    var other = new OutboxStore.Request(request.id(), new byte[] {9});

    assertThat(refusal(() -> store.accept(Accounts.outbound(account, friend, "?"), other, LIMIT)))
        .isEqualTo(Reason.REQUEST_ID_REUSED);
  }

  @Test
  void forgetsRequestAfterItsWindow() {
    var request = request("a");
    var first = Accounts.outbound(account, friend, "hello");
    store.accept(first, request, LIMIT);
    var later = at(Accounts.outbound(account, friend, "hello"), RequestLog.WINDOW.toSeconds());

    assertThat(store.accept(later, request, LIMIT).id()).isEqualTo(later.id());
  }

  @Test
  void keepsRequestsOfOtherAccountsApart() {
    var request = request("a");
    store.accept(Accounts.outbound(account, friend, "hello"), request, LIMIT);
    var other = Accounts.outbound(Accounts.stored(database), friend, "hello");

    assertThat(store.accept(other, request, LIMIT).id()).isEqualTo(other.id());
  }

  @Test
  void acceptsNothingWhenTheQueueIsFull() {
    store.accept(Accounts.outbound(account, friend, "1"), request("1"), 2);
    store.accept(Accounts.outbound(account, friend, "2"), request("2"), 2);
    var third = request("3");

    assertThat(refusal(() -> store.accept(Accounts.outbound(account, friend, "3"), third, 2)))
        .isEqualTo(Reason.QUEUE_FULL);

    store.failAll(account, FAILURE);
    var again = Accounts.outbound(account, friend, "3");
    assertThat(store.accept(again, third, 2).id()).isEqualTo(again.id());
  }

  @Test
  void refusesMessageOfDeletedInstance() {
    instances().delete(account);

    assertThat(refusal(() -> accept(friend, "hello"))).isEqualTo(Reason.INSTANCE_NOT_FOUND);
  }

  @Test
  void storesAttemptTogetherWithItsRecords() {
    var message = accept(friend, "hello");
    var key = new RecordKey(RecordKind.SESSION, "friend");

    store.attempted(account, message.id(), List.of(new RecordChange.Put(key, new byte[] {1, 2})));

    assertThat(next().attempts()).isEqualTo(1);
    assertThat(next().message().status()).isEqualTo(MessageStatus.SENDING);
    assertThat(instances().records(account).read(key)).contains(new byte[] {1, 2});
  }

  @Test
  void changesNoRecordForMessageThatNoLongerWaits() {
    var message = accept(friend, "hello");
    store.failed(account, message.id(), FAILURE);
    var key = new RecordKey(RecordKind.SESSION, "friend");
    List<RecordChange> changes = List.of(new RecordChange.Put(key, new byte[] {1}));

    assertThat(refusal(() -> store.attempted(account, message.id(), changes)))
        .isEqualTo(Reason.MESSAGE_NOT_FOUND);
    assertThat(instances().records(account).read(key)).isEmpty();
  }

  @Test
  void learnsNamesFromTheAnswerOfTheNetwork() {
    var message = accept(friend, "hello");
    var both = new Peer(friend.phoneNumber(), Accounts.lid());

    var sent = store.sent(account, message.id(), both, Accounts.NOON.plusSeconds(1));

    assertThat(sent.status()).isEqualTo(MessageStatus.SENT);
    assertThat(sent.chat()).isEqualTo(both);
    assertThat(sent.sentAt()).isEqualTo(Accounts.NOON.plusSeconds(1));
    assertThat(accept(Peer.of(both.knownLid().orElseThrow()), "again").chat()).isEqualTo(both);
  }

  @Test
  void putsAMessageIntoTheChatOfWhomItWentTo() {
    var before = new Peer(friend.phoneNumber(), Accounts.lid());
    var now = new Peer(friend.phoneNumber(), Accounts.lid());
    var earlier = accept(before, "to whom the number belonged");
    store.sent(account, earlier.id(), before, Accounts.NOON);
    var message = accept(friend, "to the number");

    var sent = store.sent(account, message.id(), now, Accounts.NOON);

    assertThat(sent.chat()).isEqualTo(now);
    assertThat(
            store
                .sent(
                    account, earlier.id(), Peer.of(before.knownLid().orElseThrow()), Accounts.NOON)
                .chat())
        .isEqualTo(Peer.of(before.knownLid().orElseThrow()));
  }

  @Test
  void failsWhatWaitsAndNothingElse() {
    var sent = accept(friend, "sent");
    store.sent(account, sent.id(), friend, Accounts.NOON);
    var first = accept(friend, "1");
    var second = accept(friend, "2");

    assertThat(store.failAll(account, FAILURE))
        .extracting(Message::id)
        .containsExactly(first.id(), second.id());

    assertThat(store.failed(account, sent.id(), FAILURE).status()).isEqualTo(MessageStatus.SENT);
    assertThat(store.failed(account, first.id(), FAILURE).failure()).isEqualTo(FAILURE);
    assertThat(store.sent(account, first.id(), friend, Accounts.NOON).status())
        .isEqualTo(MessageStatus.FAILED);
  }

  @Test
  void makesOneChatOfManyFirstMessagesAtOnce() throws Exception {
    var both = new Peer(friend.phoneNumber(), Accounts.lid());
    var accepted = new ArrayList<Future<Message>>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 100; i++) {
        var to = i % 2 == 0 ? both : friend;
        var text = "message " + i;
        accepted.add(executor.submit(() -> accept(to, text)));
      }
    }
    for (var future : accepted) {
      assertThat(future.get().status()).isEqualTo(MessageStatus.ACCEPTED);
    }
    assertThat(store.next(account, List.of(friend))).isEmpty();
    assertThat(store.failAll(account, FAILURE))
        .hasSize(100)
        .extracting(Message::chat)
        .containsOnly(both);
  }

  @Test
  void keepsTheEndOfAFailureThatHasOne() {
    var message = accept(friend, "cold");
    var lock = new Failure(FailureCause.REACHOUT_TIMELOCK, "463", Accounts.NOON.plusSeconds(3_600));

    store.failed(account, message.id(), lock);

    assertThat(store.failed(account, message.id(), FAILURE).failure()).isEqualTo(lock);
  }

  @Test
  void answersOneRepeatOfManyAtOnceAlike() throws Exception {
    var request = request("same");
    var accepted = new ArrayList<Future<Message>>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 20; i++) {
        accepted.add(
            executor.submit(
                () -> store.accept(Accounts.outbound(account, friend, "once"), request, LIMIT)));
      }
    }
    var first = accepted.getFirst().get();
    for (var future : accepted) {
      assertThat(future.get()).isEqualTo(first);
    }
  }

  @Test
  void refusesWhatAnUnlinkedAccountWouldNeverSendAndAnswersTheRepeat() {
    var request = request("before");
    var first = store.accept(Accounts.outbound(account, friend, "hello"), request, LIMIT);

    instances().link(account, null);

    assertThat(refusal(() -> accept(friend, "too late"))).isEqualTo(Reason.INSTANCE_NOT_LINKED);
    assertThat(store.accept(Accounts.outbound(account, friend, "hello"), request, LIMIT))
        .isEqualTo(first);
  }

  @Test
  void leavesNothingWaitingThatIsAcceptedWhileTheAccountIsUnlinked() throws Exception {
    var answers = new ArrayList<Future<Boolean>>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 40; i++) {
        answers.add(executor.submit(() -> accepted("a text")));
      }
      instances().link(account, null);
      store.failAll(account, FAILURE);
    }
    for (var answer : answers) {
      answer.get();
    }
    assertThat(store.next(account, List.of())).isEmpty();
  }

  private boolean accepted(String text) {
    try {
      accept(friend, text);
      return true;
    } catch (GatewayException e) {
      assertThat(e.reason()).isEqualTo(Reason.INSTANCE_NOT_LINKED);
      return false;
    }
  }

  private Message accept(Peer to, String text) {
    return store.accept(
        Accounts.outbound(account, to, text), request(UUID.randomUUID().toString()), LIMIT);
  }

  private OutboxStore.Waiting next() {
    return store.next(account, List.of()).orElseThrow();
  }

  private PostgresInstanceStore instances() {
    return new PostgresInstanceStore(database.transactions(), database.encryption());
  }

  private static OutboxStore.Request request(String id) {
    return new OutboxStore.Request(id, new byte[] {1});
  }

  private static Message at(Message message, long secondsLater) {
    return new Message(
        message.account(),
        message.id(),
        message.chat(),
        message.direction(),
        message.status(),
        message.content(),
        message.occurredAt(),
        message.recordedAt().plusSeconds(secondsLater),
        null,
        null,
        null,
        null);
  }

  private static Reason refusal(Runnable call) {
    return catchThrowableOfType(GatewayException.class, call::run).reason();
  }
}
