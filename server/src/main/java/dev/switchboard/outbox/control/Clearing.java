package dev.switchboard.outbox.control;

import dev.switchboard.journal.Journal;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.JournalEntry.Cancelled;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.outbox.queue.AccountQueue;
import dev.switchboard.outbox.queue.Carriage;
import dev.switchboard.outbox.queue.OpenMessage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes back all that waits in a queue. It is claimed at once, so that nothing of it leaves
 * meanwhile, and appended in groups, each with one flush. What is not appended is given back.
 */
final class Clearing {
  private static final int GROUP = 500;

  private final Journal journal;
  private final InstantSource clock;

  Clearing(Journal journal, InstantSource clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /** Returns how many were taken back. */
  int clear(AccountQueue queue) throws InterruptedException {
    Carriage.Unwritten unwritten = Carriage.claimUnwritten(queue);
    append(queue, unwritten.claimed());
    int cleared = unwritten.claimed().size();
    // One after the other, and none held meanwhile: whoever has them may wait for others of these.
    for (MessageId id : unwritten.held()) {
      OpenMessage message = queue.claim(id, open -> QueueControl.notWritten(queue, open));
      if (message != null) {
        append(queue, List.of(message));
        cleared++;
      }
    }
    return cleared;
  }

  private void append(AccountQueue queue, List<OpenMessage> claimed) throws InterruptedException {
    int appended = 0;
    try {
      while (appended < claimed.size()) {
        int end = Math.min(appended + GROUP, claimed.size());
        journal.appendAll(cancelled(queue, claimed.subList(appended, end)));
        appended = end;
      }
    } finally {
      claimed.subList(appended, claimed.size()).forEach(queue::release);
    }
  }

  private List<JournalEntry> cancelled(AccountQueue queue, List<OpenMessage> group) {
    Instant now = clock.instant();
    List<JournalEntry> entries = new ArrayList<>(group.size());
    group.forEach(message -> entries.add(new Cancelled(queue.account(), message.id(), now)));
    return entries;
  }
}
