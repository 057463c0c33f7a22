package dev.switchboard.outbox.sender;

import static dev.switchboard.testing.Samples.ACCOUNT;
import static dev.switchboard.testing.Samples.BOB;
import static dev.switchboard.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.journal.JournalEntry;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.InMemoryJournal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An outcome is not forgotten, whoever has no patience. */
@Timeout(60)
class SettlementTest {
  private static final JournalEntry SENT =
      new JournalEntry.Sent(ACCOUNT, new MessageId("1"), BOB, NOW);

  private final InMemoryJournal journal = new InMemoryJournal();
  private final AtomicBoolean over = new AtomicBoolean();
  private final Settlement settlement = new Settlement(journal, Duration.ofMillis(5), over::get);
  private final CompletableFuture<Long> position = new CompletableFuture<>();

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void anInterruptDoesNotEndIt() throws Exception {
    journal.refuse(true);
    Thread settling = settle();
    for (int i = 0; i < 10; i++) {
      settling.interrupt();
      Thread.sleep(10);
    }
    assertThat(position).isNotDone();
    journal.refuse(false);
    assertThat(journal.read(position.get())).contains(SENT);
  }

  @Test
  void theEndOfTheProcessDoes() throws Exception {
    journal.refuse(true);
    Thread settling = settle();
    Thread.sleep(20);
    assertThat(position).isNotDone();
    over.set(true);
    settling.interrupt();
    Eventually.until("it gave up", position::isCompletedExceptionally);
    assertThat(position.exceptionNow()).isInstanceOf(InterruptedException.class);
  }

  private Thread settle() {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            position.complete(settlement.append(SENT));
          } catch (InterruptedException e) {
            position.completeExceptionally(e);
          }
        });
  }
}
