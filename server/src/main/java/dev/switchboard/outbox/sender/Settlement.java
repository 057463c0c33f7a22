package dev.switchboard.outbox.sender;

import dev.switchboard.journal.Journal;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Appends what must not be forgotten, however long it takes. */
final class Settlement {
  private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

  private final Journal journal;
  private final Duration troubleDelay;
  private final BooleanSupplier over;

  /**
   * @param over whether the process ends, and nothing can be appended any more
   */
  Settlement(Journal journal, Duration troubleDelay, BooleanSupplier over) {
    this.journal = journal;
    this.troubleDelay = troubleDelay;
    this.over = over;
  }

  /**
   * Appends an outcome. While the journal takes nothing it is tried again, even when the sender was
   * stopped, and when somebody interrupts who cannot wait for an outcome any longer: forgetting
   * that a message was acknowledged would send it twice.
   *
   * @return its position
   * @throws InterruptedException when the process ends before it could be appended
   */
  long append(JournalEntry outcome) throws InterruptedException {
    while (true) {
      try {
        return journal.append(outcome);
      } catch (GatewayException e) {
        if (e.reason() != Reason.JOURNAL_UNAVAILABLE) {
          throw e;
        }
        LOG.warn("{}: cannot note an outcome for now: {}", outcome.account(), e.getMessage());
        pause();
      } catch (InterruptedException e) {
        giveUpWhenOver();
      }
    }
  }

  private void pause() throws InterruptedException {
    try {
      Thread.sleep(troubleDelay);
    } catch (InterruptedException e) {
      LOG.info("an outcome is at hand: it is noted before anything ends");
    }
    giveUpWhenOver();
  }

  private void giveUpWhenOver() throws InterruptedException {
    if (over.getAsBoolean()) {
      throw new InterruptedException("the process ends");
    }
  }
}
