package dev.switchboard.outbox.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.journal.JournalEntry;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.outbox.queue.Ledger;
import dev.switchboard.testing.InMemoryJournal;
import dev.switchboard.testing.SampleEntries;
import dev.switchboard.testing.Samples;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DispatcherTest {
  private static final Duration LONG = Duration.ofSeconds(50);

  private final InMemoryJournal journal = new InMemoryJournal();
  private final Ledger ledger = new Ledger(new SecureRandom());

  @Test
  void followsWhatIsAppended() throws Exception {
    try (var dispatcher = new Dispatcher(journal, ledger, List.of())) {
      assertThat(dispatcher.awaitApplied(journal.append(accepted("A")), LONG)).isTrue();
      assertThat(ledger.open()).isEqualTo(1);
      assertThat(dispatcher.working()).isTrue();
      dispatcher.requireWorking();
    }
  }

  @Test
  void saysAfterDefectThatNothingIsToBeAccepted() throws Exception {
    try (var dispatcher = new Dispatcher(journal, ledger, List.of(failingAt("B")))) {
      assertThat(dispatcher.awaitApplied(journal.append(accepted("A")), LONG)).isTrue();
      long begin = System.nanoTime();
      assertThat(dispatcher.awaitApplied(journal.append(accepted("B")), LONG)).isFalse();
      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .as("nobody waits for what cannot come")
          .isLessThan(LONG);
      assertThat(dispatcher.working()).isFalse();
      assertThatThrownBy(dispatcher::requireWorking)
          .isInstanceOfSatisfying(
              GatewayException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.JOURNAL_UNAVAILABLE))
          .hasRootCauseMessage("a defect");
    }
  }

  @Test
  void refusesToStartOnWhatItCannotApply() throws Exception {
    journal.append(accepted("A"));
    try (var dispatcher = new Dispatcher(journal, ledger, List.of(failingAt("A")))) {
      assertThatThrownBy(dispatcher::awaitReplayed)
          .isInstanceOf(IllegalStateException.class)
          .hasRootCauseMessage("a defect");
    }
  }

  private static JournalEntry.Accepted accepted(String id) {
    return SampleEntries.accepted(Samples.ACCOUNT, id, "text");
  }

  private static Follower failingAt(String id) {
    return (_, entry, _, _) -> {
      if (entry instanceof JournalEntry.Accepted accepted && accepted.id().value().equals(id)) {
        throw new IllegalStateException("a defect");
      }
    };
  }
}
