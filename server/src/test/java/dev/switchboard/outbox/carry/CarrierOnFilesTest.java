package dev.switchboard.outbox.carry;

import static dev.switchboard.testing.Samples.ACCOUNT;
import static dev.switchboard.testing.Samples.BOB;
import static dev.switchboard.testing.Samples.CAROL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.OutboundMessage;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.ScriptedConnector;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What waits for a year outlives the files that it was said in, on a real journal. */
@Timeout(60)
class CarrierOnFilesTest {
  @TempDir private Path folder;
  private SendingOnFiles bench;

  @BeforeEach
  void open() throws InterruptedException {
    bench = new SendingOnFiles(folder, Duration.ofSeconds(5));
  }

  @AfterEach
  void close() throws InterruptedException {
    bench.close();
  }

  @Test
  void keepsMessageOfNextYearWhenTheFileOfItsAcceptanceIsGone() throws Exception {
    Instant nextYear = bench.clock.instant().plus(Duration.ofDays(365));
    MessageId first = bench.accept(CAROL, "first");
    MessageId scheduled = bench.accept(BOB, "happy new year", nextYear);
    long accepted = bench.message(scheduled).position();
    bench.minutesLater(3);
    assertThat(bench.files()).isEqualTo(4);

    bench.sending().carrier().carry();

    assertThat(bench.files()).isEqualTo(1);
    assertThat(bench.journal().read(accepted)).as("its file is gone").isEmpty();
    assertThat(bench.message(scheduled).position()).isGreaterThanOrEqualTo(bench.journal().first());
    bench.restart();
    assertThat(bench.message(scheduled).notBefore()).isEqualTo(nextYear);
    MessageId second = bench.accept(CAROL, "second");
    bench.minutesLater(2);
    bench.sending().carrier().carry(); // Once more: what was carried is carried again.
    bench.restart();

    ScriptedConnector connector = new ScriptedConnector();
    for (int i = 0; i < 3; i++) {
      connector.answer(message -> new SendOutcome.Sent(bench.clock.instant(), message.to()));
    }
    bench.sending().senders().connected(ACCOUNT, connector);
    assertThat(connector.awaitMessage().id()).as("its place is kept").isEqualTo(first);
    assertThat(connector.awaitMessage().id()).isEqualTo(second);
    Eventually.until("both are finished", () -> bench.sending().ledger().open() == 1);
    bench.clock.advance(Duration.between(bench.clock.instant(), nextYear));
    bench.sending().senders().lookAgain(ACCOUNT);
    OutboundMessage sent = connector.awaitMessage();
    assertThat(sent.id()).isEqualTo(scheduled);
    assertThat(sent.to()).isEqualTo(BOB);
    assertThat(sent.content()).isEqualTo(MessageContent.Text.outbound("happy new year"));
  }

  @Test
  void keepsWhatIsKnownOfTheAccountWhenTheFilesThatSayItAreGone() throws Exception {
    bench.accept(BOB, "waits");
    bench.append(new JournalEntry.Paused(ACCOUNT, bench.clock.instant()));
    bench.minutesLater(2);
    bench.sending().carrier().carry();
    assertThat(bench.files()).isEqualTo(1);
    bench.restart();
    assertThat(bench.queue().paused()).isTrue();
    assertThat(bench.sending().ledger().open()).isEqualTo(1);
  }
}
