package dev.switchboard.outbox.dispatch;

import dev.switchboard.journal.JournalEntry;
import dev.switchboard.model.message.MessageId;
import java.util.List;

/** Is told of every entry after it was applied, on the dispatcher's thread: must not wait. */
public interface Follower {
  /**
   * An entry was applied.
   *
   * @param concerned the messages that it tells more of
   * @param replay whether it was appended before this process started
   */
  void applied(long position, JournalEntry entry, List<MessageId> concerned, boolean replay);
}
