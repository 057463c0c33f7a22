package dev.switchboard.store.event;

import static dev.switchboard.store.jooq.Tables.EVENT_OUTBOX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.event.WaitingEvent;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.event.EventPayload;
import dev.switchboard.model.event.Occurrence;
import dev.switchboard.store.Accounts;
import dev.switchboard.store.DatabaseExtension;
import dev.switchboard.store.TakenEvents;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.TroubledTransactions;
import dev.switchboard.store.encryption.KeyException;
import dev.switchboard.store.jooq.tables.records.EventOutboxRecord;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(DatabaseExtension.class)
class EventRowsIT {
  private static final String WORDS = "the rabbit is in the hat";

  private Database database;
  private final TakenEvents taken = new TakenEvents();
  private EventRows rows;
  private PostgresEventOutbox outbox;
  private AccountKey account;

  @BeforeEach
  void open(Database database) {
    this.database = database;
    rows = taken.rows(database);
    outbox = new PostgresEventOutbox(database.transactions(), database.encryption());
    account = Accounts.key();
  }

  @Test
  void handsOverAfterTheCommitWhatTheTableHoldsInOrder() {
    database
        .transactions()
        .run(dsl -> {
          rows.add(dsl, List.of(received("one"), paused(), received("two")));
          rows.add(dsl, received("three"));
          assertThat(taken.waiting()).isEmpty();
        });
    var handedOver = taken.waiting();
    assertThat(handedOver)
        .extracting(event -> text(event))
        .containsExactly("one", "", "two", "three");
    assertThat(handedOver).extracting(WaitingEvent::id).isSorted().doesNotHaveDuplicates();
    assertSame(stored(), handedOver);
  }

  @Test
  void keepsTheOrderOfManyRows() {
    var texts = Stream.iterate(1, i -> i + 1).limit(500).map(String::valueOf).toList();
    database.transactions().run(dsl -> rows.add(dsl, texts.stream().map(this::received).toList()));
    var handedOver = taken.waiting();
    assertThat(handedOver).extracting(event -> text(event)).isEqualTo(texts);
    assertThat(handedOver).extracting(WaitingEvent::id).isSorted();
    assertSame(stored(), handedOver);
    outbox.delete(handedOver.stream().map(WaitingEvent::id).toList());
    assertThat(stored()).isEmpty();
  }

  @Test
  void leavesNothingOfWhatIsRolledBack() {
    assertThatThrownBy(() ->
            database
                .transactions()
                .run(dsl -> {
                  rows.add(dsl, received("never"));
                  throw new IllegalStateException("rolled back");
                }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(stored()).isEmpty();
    assertThat(taken.waiting()).isEmpty();
    assertThat(taken.doubts()).isZero();
  }

  @Test
  void doubtsWhereTheAnswerToACommitIsLost() {
    var troubled = new TroubledTransactions(database, new Random(1));
    troubled.loseNextAnswer();
    assertThatThrownBy(() -> troubled.transactions().run(dsl -> rows.add(dsl, received("perhaps"))))
        .isInstanceOf(GatewayException.class);
    assertThat(taken.waiting()).isEmpty();
    assertThat(taken.doubts()).isEqualTo(1);
    assertThat(stored()).extracting(event -> text(event)).containsExactly("perhaps");
  }

  @Test
  void writesNothingDownInTheClear() {
    database.transactions().run(dsl -> rows.add(dsl, received(WORDS)));
    var content = row().getContent();
    assertThat(latin(taken.waiting().getFirst().draft().content())).contains(WORDS);
    assertThat(latin(content)).doesNotContain(WORDS, "rabbit");
  }

  @Test
  void bindsTheContentToTheEventAndItsInstance() {
    database.transactions().run(dsl -> rows.add(dsl, received(WORDS)));
    var row = row();
    var kind = taken.waiting().getFirst().draft().kind();
    var encryption = database.encryption();
    var place = EventPlace.of(account, kind, row.getEventId());
    assertThat(latin(encryption.open(row.getContent(), place))).contains(WORDS);
    for (var other :
        List.of(
            EventPlace.of(Accounts.key(), kind, row.getEventId()),
            EventPlace.of(account, kind, new UUID(1, 2)))) {
      assertThatThrownBy(() -> encryption.open(row.getContent(), other))
          .isInstanceOf(KeyException.class);
    }
  }

  @Test
  void givesIdsThatTellTheTimeAndComeOnce() {
    database.transactions().run(dsl -> rows.add(dsl, List.of(received("one"), received("two"))));
    var ids = taken.take().stream().map(event -> UUID.fromString(event.getEventId())).toList();
    assertThat(ids).doesNotHaveDuplicates().hasSize(2);
    assertThat(ids)
        .allSatisfy(id -> {
          assertThat(id.version()).isEqualTo(7);
          assertThat(id.variant()).isEqualTo(2);
          assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(Accounts.NOON.toEpochMilli());
        });
  }

  private Occurrence received(String text) {
    var message = Accounts.inbound(account, Peer.of(Accounts.phoneNumber()), text);
    return new Occurrence(account, message.occurredAt(), new EventPayload.MessageReceived(message));
  }

  private Occurrence paused() {
    return new Occurrence(account, null, new EventPayload.QueuePaused());
  }

  /** Others write to the same table. */
  private List<WaitingEvent> stored() {
    return outbox.after(0, Integer.MAX_VALUE).stream()
        .filter(event -> event.draft().account().equals(account))
        .toList();
  }

  private static void assertSame(List<WaitingEvent> stored, List<WaitingEvent> handedOver) {
    assertThat(stored).hasSameSizeAs(handedOver);
    for (var i = 0; i < stored.size(); i++) {
      var one = stored.get(i);
      var other = handedOver.get(i);
      assertThat(one.id()).isEqualTo(other.id());
      assertThat(one.draft().kind()).isEqualTo(other.draft().kind());
      assertThat(one.draft().at()).isEqualTo(other.draft().at());
      assertThat(Arrays.equals(one.draft().content(), other.draft().content())).isTrue();
    }
  }

  private EventOutboxRecord row() {
    return database
        .transactions()
        .read(dsl ->
            dsl.selectFrom(EVENT_OUTBOX)
                .where(EVENT_OUTBOX.INSTANCE_ID.eq(account.instance().value()))
                .fetchSingle());
  }

  private static String text(WaitingEvent event) {
    return TakenEvents.parsed(event).getMessageReceived().getMessage().getText().getText();
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
