package dev.switchboard.outbox.queue;

import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.JournalEntry.Accepted;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.SendOptions;
import dev.switchboard.outbox.queue.compact.CompactId;
import dev.switchboard.pacing.Familiarity;
import dev.switchboard.pacing.PacingHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the journal says of one account: applied entry by entry, twice the same with the same
 * result. Not safe for several threads: its queue guards it.
 */
final class QueueState {
  private final OpenMessages messages = new OpenMessages();
  private final RandomGenerator random;
  private final Lock attempting = new ReentrantLock();
  private PacingHistory pacing = PacingHistory.EMPTY;
  private int reserved;
  private boolean paused;
  private @Nullable Failure unlinked;

  QueueState(RandomGenerator random) {
    this.random = random;
  }

  OpenMessages messages() {
    return messages;
  }

  /** What {@link Carriage#attemptAlone} holds; never to be waited for with the queue's own. */
  Lock attempting() {
    return attempting;
  }

  /** What was sent lately. */
  PacingHistory pacing() {
    return pacing;
  }

  /** Forgets what no limit asks for any more. */
  void trimPacing(Instant now) {
    pacing = pacing.asOf(now);
  }

  boolean paused() {
    return paused;
  }

  /** Why the account takes no messages, or null. */
  @Nullable Failure unlinked() {
    return unlinked;
  }

  /** Whether nothing may be sent. */
  boolean stopped() {
    return paused || unlinked != null;
  }

  /** Whether nothing is known of the account but its messages. */
  boolean nothingKnown() {
    return !paused && unlinked == null && pacing.equals(PacingHistory.EMPTY);
  }

  /** Keeps a place for a message that is about to be appended; false when there is none left. */
  boolean reserve(int limit) {
    boolean room = messages.size() + reserved < limit;
    reserved += room ? 1 : 0;
    return room;
  }

  void giveBack() {
    reserved--;
  }

  /** Applies what the journal says; returns the messages that it tells more of. */
  List<MessageId> apply(long position, JournalEntry entry, boolean replay) {
    switch (entry) {
      case Accepted it -> {
        accept(it, position, position, 0, !replay);
        return unlinked == null ? List.of() : List.of(it.id()); // It has failed.
      }
      case JournalEntry.Carried it -> carried(it, position, replay);
      case JournalEntry.Attempted it -> {
        countAttempt(it, replay);
        return List.of(it.id());
      }
      case JournalEntry.Rescheduled it -> reschedule(it);
      case JournalEntry.Sent it -> {
        messages.learn(it.to());
        return sent(it.id());
      }
      case JournalEntry.Failed it -> {
        return finish(it.id());
      }
      case JournalEntry.Cancelled it -> {
        return finish(it.id());
      }
      case JournalEntry.Progressed it -> {
        return arrived(it.receipt().ids());
      }
      case JournalEntry.Paused _ -> paused = true;
      case JournalEntry.Resumed _ -> paused = false;
      case JournalEntry.Linked it -> {
        finishUnseen(replay);
        unlinked = null;
        pacing = pacing.linked(it.at());
      }
      case JournalEntry.Unlinked it -> {
        unlinked = it.failure();
        return finishAll();
      }
      case JournalEntry.Forgotten _ -> {
        unlinked = null;
        paused = false;
        pacing = PacingHistory.EMPTY;
        return finishAll();
      }
      case JournalEntry.AccountCarried it -> {
        if (replay) {
          paused = it.paused();
          unlinked = it.unlinked();
          finishUnseen(unlinked != null);
          pacing = PacingHistory.decode(it.pacing());
        }
      }
    }
    return List.of();
  }

  private void accept(
      Accepted it, long position, long order, int attempts, boolean reservedBefore) {
    reserved -= reservedBefore ? 1 : 0;
    CompactId id = CompactId.of(it.id());
    if (messages.find(id) != null || unlinked != null) {
      return; // What an account gets that takes no messages has failed.
    }
    SendOptions options = it.options();
    OpenMessage message =
        new OpenMessage(
            id,
            options.priority(),
            messages.laneOf(it.to()),
            position,
            order,
            millis(options.notBefore(), 0),
            millis(options.expiresAt(), OpenMessage.NEVER));
    message.toBeTyped(options.toBeTyped(it.content()));
    message.attempted(attempts);
    if (attempts > 0) {
      message.doubt();
    }
    messages.add(message);
  }

  /** What is carried while this runs was open when it was said: unknown by now, it is finished. */
  private void carried(JournalEntry.Carried it, long position, boolean replay) {
    OpenMessage known = messages.find(it.accepted().id());
    if (known == null && replay) {
      accept(it.accepted(), position, it.order(), it.attempts(), false);
    } else if (known != null) {
      known.moveTo(position);
      messages.attempted(known, it.attempts());
      messages.unclaimed(known);
    }
  }

  /** Said when it is about to be written, and by the journal once more. */
  void countAttempt(JournalEntry.Attempted it, boolean replay) {
    OpenMessage message = messages.find(it.id());
    boolean counted = message == null ? !replay : message.attempts() >= it.attempt();
    if (!counted) {
      Familiarity recipient = it.firstContact() ? Familiarity.NEW : Familiarity.KNOWN;
      pacing = pacing.attempted(it.at(), recipient, random);
    }
    if (message != null) {
      messages.attempted(message, it.attempt());
      met(message.lane());
      if (replay) {
        message.doubt();
      }
    }
  }

  private static void met(Lane lane) {
    if (lane.familiarity() == Familiarity.NEW) {
      lane.familiarity(Familiarity.APPROACHED);
    }
  }

  private void reschedule(JournalEntry.Rescheduled it) {
    OpenMessage before = messages.find(it.id());
    if (before != null) {
      OpenMessage after = before.at(millis(it.notBefore(), 0));
      messages.replace(before, after);
    }
  }

  private static long millis(@Nullable Instant time, long otherwise) {
    return time == null ? otherwise : Math.max(1, time.toEpochMilli());
  }

  private List<MessageId> sent(MessageId id) {
    OpenMessage message = messages.find(id);
    if (message != null) {
      message.lane().familiarity(Familiarity.KNOWN);
    }
    return finish(id);
  }

  private List<MessageId> finish(MessageId id) {
    OpenMessage message = messages.find(id);
    if (message != null) {
      messages.remove(message);
    }
    return List.of(id);
  }

  /** A receipt speaks of messages that were written, whatever we know of an acknowledgement. */
  private List<MessageId> arrived(List<MessageId> ids) {
    for (MessageId id : ids) {
      OpenMessage message = messages.find(id);
      if (message != null && message.attempts() > 0) {
        messages.remove(message);
      }
    }
    return ids;
  }

  /** What was accepted while the account was not linked; that it was not, a lost file may say. */
  private void finishUnseen(boolean maybe) {
    if (maybe) {
      var _ = finishAll();
    }
  }

  private List<MessageId> finishAll() {
    List<MessageId> all = new ArrayList<>(messages.size());
    messages.forEach(message -> all.add(message.id()));
    messages.clear();
    return all;
  }
}
