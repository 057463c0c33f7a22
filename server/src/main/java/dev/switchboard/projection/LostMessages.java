package dev.switchboard.projection;

import dev.switchboard.journal.Journal;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.JournalEntry.Accepted;
import dev.switchboard.journal.JournalEntry.Carried;
import dev.switchboard.journal.JournalEntry.Failed;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.model.message.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that storage has as waiting and the journal does not have as open: its folder was lost,
 * an older copy of it was put back, or power failed before the device had its end. Nobody is going
 * to send them, nor does anybody know whether they were sent, so they fail, and callers are told.
 */
final class LostMessages {
  private static final Logger LOG = LoggerFactory.getLogger(LostMessages.class);
  private static final int AT_ONCE = 1_000;
  private static final Failure LOST =
      new Failure(FailureCause.OUTCOME_UNKNOWN, "the journal does not have it any more");

  private final Journal journal;
  private final ProjectionStore store;
  private final InstantSource clock;

  LostMessages(Journal journal, ProjectionStore store, InstantSource clock) {
    this.journal = journal;
    this.store = store;
    this.clock = clock;
  }

  /**
   * Fails them. To be called before storage follows this journal: until then it can be told that
   * there may be some, also when this was killed on the way.
   */
  void fail() throws InterruptedException {
    if (!store.isAhead(journal.id(), journal.end())) {
      return;
    }
    LOG.error("storage was told of more than the journal has: the journal, or its end, was lost");
    Map<AccountKey, Set<MessageId>> waiting = store.waiting();
    if (!waiting.isEmpty()) {
      OpenOnes open = new OpenOnes(waiting);
      read(open);
      fail(open.others());
    }
  }

  private void read(OpenOnes open) throws InterruptedException {
    try (var tail = journal.tail(journal.first())) {
      var entries = tail.next(AT_ONCE, Duration.ZERO);
      while (!entries.isEmpty()) {
        entries.forEach(positioned -> open.follow(positioned.entry()));
        entries = tail.next(AT_ONCE, Duration.ZERO);
      }
    }
  }

  private void fail(Map<AccountKey, Set<MessageId>> lost) {
    Instant now = clock.instant();
    List<Failed> failed = new ArrayList<>();
    lost.forEach((account, ids) -> {
      LOG.error("{}: {} waiting messages are not in the journal and fail", account, ids.size());
      ids.forEach(id -> failed.add(new Failed(account, id, LOST, now)));
    });
    for (int i = 0; i < failed.size(); i += AT_ONCE) {
      store.fail(failed.subList(i, Math.min(i + AT_ONCE, failed.size())));
    }
  }

  /** Which of the messages that wait are open by what the journal says, entry after entry. */
  private static final class OpenOnes {
    private final Map<AccountKey, Set<MessageId>> waiting;
    private final Map<AccountKey, Set<MessageId>> open = new HashMap<>();

    private OpenOnes(Map<AccountKey, Set<MessageId>> waiting) {
      this.waiting = waiting;
    }

    /** A message that failed may have been given another chance since, and that be lost. */
    private void follow(JournalEntry entry) {
      switch (entry) {
        case Accepted it -> add(it);
        case Carried it -> add(it.accepted());
        case JournalEntry.Sent it -> of(it.account()).remove(it.id());
        case Failed it -> of(it.account()).remove(it.id());
        case JournalEntry.Cancelled it -> of(it.account()).remove(it.id());
        case JournalEntry.Unlinked it -> of(it.account()).clear();
        case JournalEntry.Forgotten it -> of(it.account()).clear();
        case JournalEntry.Attempted _,
            JournalEntry.Rescheduled _,
            JournalEntry.Progressed _,
            JournalEntry.Paused _,
            JournalEntry.Resumed _,
            JournalEntry.Linked _,
            JournalEntry.AccountCarried _ -> {}
      }
    }

    private void add(Accepted it) {
      if (waiting.getOrDefault(it.account(), Set.of()).contains(it.id())) {
        of(it.account()).add(it.id());
      }
    }

    private Set<MessageId> of(AccountKey account) {
      return open.computeIfAbsent(account, _ -> new HashSet<>());
    }

    private Map<AccountKey, Set<MessageId>> others() {
      Map<AccountKey, Set<MessageId>> others = new HashMap<>();
      waiting.forEach((account, ids) -> {
        Set<MessageId> rest = new HashSet<>(ids);
        rest.removeAll(of(account));
        if (!rest.isEmpty()) {
          others.put(account, rest);
        }
      });
      return others;
    }
  }
}
