package dev.switchboard.outbox;

import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.JournalEntry.Accepted;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.outbox.dispatch.Follower;
import java.util.List;

/** Remembers the requests that the journal holds from before the start. */
public final class RestoredRequests implements Follower {
  private final RequestWindow requests;

  public RestoredRequests(RequestWindow requests) {
    this.requests = requests;
  }

  @Override
  public void applied(
      long position, JournalEntry entry, List<MessageId> concerned, boolean replay) {
    if (replay && entry instanceof Accepted accepted && accepted.request() != null) {
      requests.restore(
          accepted.account().tenant(),
          accepted.request(),
          new RequestWindow.Answer(accepted.account(), accepted.id(), accepted.at()));
    }
  }
}
