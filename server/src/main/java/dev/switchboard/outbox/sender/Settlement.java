package dev.switchboard.outbox.sender;

import dev.switchboard.journal.Journal;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Appends what must not be forgotten, however long it takes. */
final class Settlement {
  private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

  private final Journal journal;
  private final Duration troubleDelay;

  Settlement(Journal journal, Duration troubleDelay) {
    this.journal = journal;
    this.troubleDelay = troubleDelay;
  }

  /**
   * Appends an outcome. While the journal takes nothing it is tried again, even when the sender was
   * stopped: forgetting that a message was acknowledged would send it twice.
   *
   * @return its position
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
        Thread.sleep(troubleDelay);
      }
    }
  }
}
