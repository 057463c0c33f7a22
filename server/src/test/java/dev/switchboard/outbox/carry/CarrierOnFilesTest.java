package dev.switchboard.outbox.carry;

import static dev.switchboard.testing.Samples.ACCOUNT;
import static dev.switchboard.testing.Samples.BOB;
import static dev.switchboard.testing.Samples.CAROL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.OutboundMessage;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.chronicle.ChronicleConfig;
import dev.switchboard.journal.chronicle.ChronicleJournal;
import dev.switchboard.journal.chronicle.Durability;
import dev.switchboard.journal.chronicle.Roll;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.instance.InstanceState;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.SendOptions;
import dev.switchboard.model.pacing.PacingPolicy;
import dev.switchboard.outbox.Backlog;
import dev.switchboard.outbox.Order;
import dev.switchboard.outbox.assembly.Sending;
import dev.switchboard.outbox.assembly.SendingConfig;
import dev.switchboard.outbox.queue.OpenMessage;
import dev.switchboard.outbox.sender.SendRules;
import dev.switchboard.pacing.Familiarity;
import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.InMemoryMessages;
import dev.switchboard.testing.ManualClock;
import dev.switchboard.testing.NamedSeal;
import dev.switchboard.testing.Samples;
import dev.switchboard.testing.ScriptedConnector;
import dev.switchboard.testing.SendingBench;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What waits for a year outlives the files that it was said in, on a real journal. */
@Timeout(60)
class CarrierOnFilesTest {
  private static final CarryPolicy CARRY =
      new CarryPolicy(1, Duration.ofHours(1), Duration.ofSeconds(5));

  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock();
  private ChronicleJournal journal;
  private Sending sending;

  @BeforeEach
  void open() throws InterruptedException {
    ChronicleConfig config =
        new ChronicleConfig(
            folder.resolve("journal"), Durability.FSYNC, Roll.MINUTE, 64 << 10, 1_000, 0);
    journal = ChronicleJournal.open(config, new NamedSeal(), clock);
    InMemoryMessages messages = new InMemoryMessages();
    sending =
        new Sending(
            new SendingConfig(SendingBench.POLICY, SendingBench.LIMITS, CARRY),
            journal,
            new Sending.Stored(
                new NeverBehind(),
                journal::end,
                journal::append,
                List.of(messages),
                messages,
                (_, _, _) -> {},
                new NoPacing()),
            clock,
            new SecureRandom());
  }

  @AfterEach
  void close() throws InterruptedException {
    sending.drain(Duration.ofMillis(200));
    sending.close();
    journal.close();
  }

  @Test
  void keepsMessageOfNextYearWhenTheFileOfItsAcceptanceIsGone() throws Exception {
    Instant nextYear = clock.instant().plus(Duration.ofDays(365));
    MessageId first = accept(CAROL, "first", null);
    MessageId scheduled = accept(BOB, "happy new year", nextYear);
    long accepted = message(scheduled).position();
    minutesLater(3);
    assertThat(journal.status().files()).isEqualTo(4);

    sending.carrier().carry();

    assertThat(journal.status().files()).isEqualTo(1);
    assertThat(journal.read(accepted)).as("its file is gone").isEmpty();
    assertThat(message(scheduled).position()).isGreaterThanOrEqualTo(journal.first());
    close();
    open();
    assertThat(message(scheduled).notBefore()).isEqualTo(nextYear);
    MessageId second = accept(CAROL, "second", null);
    minutesLater(2);
    sending.carrier().carry(); // Once more: what was carried is carried again.
    close();
    open();

    ScriptedConnector connector = new ScriptedConnector();
    for (int i = 0; i < 3; i++) {
      connector.answer(message -> new SendOutcome.Sent(clock.instant(), message.to()));
    }
    sending.senders().connected(ACCOUNT, connector);
    assertThat(connector.awaitMessage().id()).as("its place is kept").isEqualTo(first);
    assertThat(connector.awaitMessage().id()).isEqualTo(second);
    Eventually.until("both are finished", () -> sending.ledger().open() == 1);
    clock.advance(Duration.between(clock.instant(), nextYear));
    sending.senders().lookAgain(ACCOUNT);
    OutboundMessage sent = connector.awaitMessage();
    assertThat(sent.id()).isEqualTo(scheduled);
    assertThat(sent.to()).isEqualTo(BOB);
    assertThat(sent.content()).isEqualTo(MessageContent.Text.outbound("happy new year"));
  }

  @Test
  void keepsWhatIsKnownOfTheAccountWhenTheFilesThatSayItAreGone() throws Exception {
    accept(BOB, "waits", null);
    append(new JournalEntry.Paused(ACCOUNT, clock.instant()));
    minutesLater(2);
    sending.carrier().carry();
    assertThat(journal.status().files()).isEqualTo(1);
    close();
    open();
    assertThat(sending.ledger().of(ACCOUNT).paused()).isTrue();
    assertThat(sending.ledger().open()).isEqualTo(1);
  }

  private MessageId accept(Peer to, String text, @Nullable Instant notBefore)
      throws InterruptedException {
    SendOptions options = SendOptions.DEFAULT.withNotBefore(notBefore);
    Order order = new Order(to, MessageContent.Text.outbound(text), options, null);
    MessageId id =
        sending
            .outbox()
            .accept(Samples.linked(ACCOUNT, InstanceState.DISCONNECTED, true), order)
            .id();
    Eventually.until("the queue has it", () -> sending.ledger().of(ACCOUNT).find(id) != null);
    return id;
  }

  private OpenMessage message(MessageId id) {
    OpenMessage message = sending.ledger().of(ACCOUNT).find(id);
    assertThat(message).isNotNull();
    return message;
  }

  /** Every minute has a file of its own, with something of another account in it. */
  private void minutesLater(int minutes) throws InterruptedException {
    for (int minute = 0; minute < minutes; minute++) {
      clock.advance(Duration.ofMinutes(1));
      append(new JournalEntry.Resumed(Samples.account("bob"), clock.instant()));
    }
  }

  private void append(JournalEntry entry) throws InterruptedException {
    long position = journal.append(entry);
    assertThat(sending.dispatcher().awaitApplied(position, Duration.ofSeconds(30))).isTrue();
  }

  private static final class NeverBehind implements Backlog {
    @Override
    public void admit() {}

    @Override
    public void awaitStored(long position) {}
  }

  private static final class NoPacing implements SendRules {
    @Override
    public PacingPolicy pacing(AccountKey account) {
      return PacingPolicy.NONE;
    }

    @Override
    public @Nullable ReachoutLock lock(AccountKey account) {
      return null;
    }

    @Override
    public Familiarity familiarity(AccountKey account, Peer person) {
      return Familiarity.KNOWN;
    }
  }
}
