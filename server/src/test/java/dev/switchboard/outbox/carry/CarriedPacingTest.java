package dev.switchboard.outbox.carry;

import static dev.switchboard.testing.Samples.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.OutboundMessage;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.journal.JournalEntry.Linked;
import dev.switchboard.model.Peer;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.pacing.Budgets;
import dev.switchboard.model.pacing.NewRecipients;
import dev.switchboard.model.pacing.PacingPolicy;
import dev.switchboard.outbox.queue.AccountQueue;
import dev.switchboard.outbox.queue.QueueView;
import dev.switchboard.pacing.Familiarity;
import dev.switchboard.pacing.PacingHistory;
import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.Samples;
import dev.switchboard.testing.ScriptedConnector;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What pacing counted holds when the files that said it are gone and the server was started again.
 */
@Timeout(60)
class CarriedPacingTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final PacingPolicy NONE = PacingPolicy.NONE;

  @TempDir private Path folder;
  private SendingOnFiles bench;
  private ScriptedConnector connector = new ScriptedConnector();
  private int people;

  @BeforeEach
  void open() throws InterruptedException {
    bench = new SendingOnFiles(folder, Duration.ofSeconds(5));
    bench.append(new Linked(ACCOUNT, bench.clock.instant()));
  }

  @AfterEach
  void close() throws InterruptedException {
    bench.close();
  }

  @Test
  void keepsTheTimesOfAttemptsAndNewRecipientsAndOfTheLink() throws Exception {
    Instant linked = bench.clock.instant();
    connect();
    bench.familiarity = Familiarity.NEW;
    bench.pacing = policy(Budgets.UNLIMITED, 100); // So that somebody asks who is new.
    send();
    bench.minutesLater(7);
    send();
    bench.familiarity = Familiarity.KNOWN;
    send();
    Instant last = bench.clock.instant();
    forgetFiles();
    PacingHistory history = history();
    assertThat(history.linkedSince()).contains(linked);
    assertThat(history.lastAttempt()).contains(last);
    assertThat(history.attemptsWithin(DAY, now())).isEqualTo(3);
    assertThat(history.newRecipientsWithin(DAY, now())).isEqualTo(2);
    Duration sinceLast = Duration.between(last, now()).plusSeconds(1);
    assertThat(history.attemptsWithin(sinceLast, now())).isEqualTo(2);
    assertThat(history.newRecipientsWithin(sinceLast, now())).isEqualTo(1);
  }

  @Test
  void aBudgetThatWasSpentStaysSpentUntilItsTimeIsOver() throws Exception {
    bench.pacing = policy(new Budgets(0, 2, 0), 0);
    connect();
    send();
    send();
    forgetFiles();
    connect();
    MessageId third = acceptForSomebody();
    awaitHeldBack(third);
    bench.clock.advance(Duration.ofHours(1));
    bench.sending().senders().lookAgain(ACCOUNT);
    assertThat(connector.awaitMessage().id()).isEqualTo(third);
  }

  @Test
  void newRecipientsThatWereWrittenToCountOn() throws Exception {
    bench.familiarity = Familiarity.NEW;
    bench.pacing = policy(Budgets.UNLIMITED, 2);
    connect();
    send();
    send();
    forgetFiles();
    connect();
    MessageId third = acceptForSomebody();
    awaitHeldBack(third);
    bench.clock.advance(DAY);
    bench.sending().senders().lookAgain(ACCOUNT);
    assertThat(connector.awaitMessage().id()).isEqualTo(third);
  }

  /** An account of three days may write to more people than one that nothing is known of. */
  @Test
  void theAccountIsNotTakenForAYoungerOne() throws Exception {
    bench.familiarity = Familiarity.NEW;
    var steps = List.of(new NewRecipients.Step(0, 1), new NewRecipients.Step(3, 2));
    bench.pacing =
        new PacingPolicy(
            NONE.gap(), NONE.budgets(), new NewRecipients(steps), NONE.quietHours(), NONE.typing());
    bench.clock.advance(Duration.ofDays(3));
    connect();
    send();
    forgetFiles();
    connect();
    send();
    MessageId third = acceptForSomebody();
    awaitHeldBack(third);
  }

  private static PacingPolicy policy(Budgets budgets, int newRecipients) {
    var steps = List.of(new NewRecipients.Step(0, newRecipients));
    return new PacingPolicy(
        NONE.gap(), budgets, new NewRecipients(steps), NONE.quietHours(), NONE.typing());
  }

  /** Twice, so that what was carried is carried again; then the server is started again. */
  private void forgetFiles() throws InterruptedException {
    for (int i = 0; i < 2; i++) {
      bench.minutesLater(2);
      bench.sending().carrier().carry();
      assertThat(bench.files()).isEqualTo(1);
    }
    bench.restart();
  }

  private void connect() {
    connector = new ScriptedConnector();
    for (int i = 0; i < 4; i++) {
      connector.answer(this::sent);
    }
    bench.sending().senders().connected(ACCOUNT, connector);
  }

  private SendOutcome sent(OutboundMessage message) throws InterruptedException {
    bench.sending().departures().attempted(ACCOUNT, message.id(), List.of());
    return new SendOutcome.Sent(bench.clock.instant(), message.to());
  }

  private void send() throws InterruptedException {
    MessageId id = acceptForSomebody();
    assertThat(connector.awaitMessage().id()).isEqualTo(id);
    Eventually.until("it is sent", () -> queue().find(id) == null);
  }

  /** Whom nothing was ever sent to. */
  private MessageId acceptForSomebody() throws InterruptedException {
    Peer somebody = Samples.peer("1555100" + (1_000 + people++));
    return bench.accept(somebody, "text");
  }

  /** The sender looked at it, and it did not go. */
  private void awaitHeldBack(MessageId id) throws InterruptedException {
    Thread.sleep(200);
    assertThat(QueueView.count(queue()).sending()).isZero();
    assertThat(connector.unseenMessages()).isZero();
    assertThat(queue().find(id)).isNotNull();
  }

  private PacingHistory history() {
    return queue().pacing(now());
  }

  private AccountQueue queue() {
    return bench.queue();
  }

  private Instant now() {
    return bench.clock.instant();
  }
}
