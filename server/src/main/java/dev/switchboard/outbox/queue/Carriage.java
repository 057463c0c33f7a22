package dev.switchboard.outbox.queue;

import dev.switchboard.journal.JournalEntry.AccountCarried;
import dev.switchboard.model.message.MessageId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.locks.Lock;

/** What is claimed together; and what has to be said again so that old files may go. */
public final class Carriage {
  private Carriage() {}

  /** A message that was claimed to be said again. */
  public record Load(OpenMessage message, MessageId id, long position, int attempts, long order) {}

  /** The messages that lie before the position, the oldest first. */
  public static List<OpenMessage> old(AccountQueue queue, long before) {
    return queue.inside(state -> {
      List<OpenMessage> old = new ArrayList<>();
      state
          .messages()
          .forEach(message -> {
            if (message.position() < before) {
              old.add(message);
            }
          });
      old.sort(Comparator.comparingLong(OpenMessage::position));
      return old;
    });
  }

  /**
   * Claims those of the messages that still lie before the position. Those that are in a sender's
   * hands or claimed by others are left for the next time.
   */
  public static List<Load> claim(AccountQueue queue, List<OpenMessage> some, long before) {
    return queue.inside(state ->
        some.stream()
            .filter(message -> message.position() < before && message.resting())
            .map(Carriage::load)
            .toList());
  }

  private static Load load(OpenMessage message) {
    message.claimed(true);
    return new Load(message, message.id(), message.position(), message.attempts(), message.order());
  }

  /**
   * Claims those of the messages that are open and were written, in a sender's hands or not, for
   * whoever is about to append what they came to: nobody carries them any more.
   */
  public static List<OpenMessage> claimWritten(AccountQueue queue, Collection<MessageId> ids)
      throws InterruptedException {
    List<OpenMessage> claimed = new ArrayList<>(1);
    boolean all = false;
    try {
      for (MessageId id : new LinkedHashSet<>(ids)) {
        OpenMessage message = queue.claim(id, open -> open.attempts() > 0);
        if (message != null) {
          claimed.add(message);
        }
      }
      all = true;
      return claimed;
    } finally {
      if (!all) {
        claimed.forEach(queue::release);
      }
    }
  }

  /**
   * What was never written, and is in nobody's hands.
   *
   * @param claimed for whoever asked
   * @param held by others, who are about to change them
   */
  public record Unwritten(List<OpenMessage> claimed, List<MessageId> held) {}

  /**
   * Claims all messages at once that were never written and that nobody holds, the oldest first.
   */
  public static Unwritten claimUnwritten(AccountQueue queue) {
    return queue.inside(state -> {
      Unwritten found = new Unwritten(new ArrayList<>(), new ArrayList<>());
      state
          .messages()
          .forEach(message -> {
            if (message.attempts() == 0 && message.resting()) {
              message.claimed(true);
              found.claimed().add(message);
            } else if (message.attempts() == 0 && !message.away()) {
              found.held().add(message.id());
            }
          });
      found.claimed().sort(Comparator.comparingLong(OpenMessage::order));
      return found;
    });
  }

  /** Where the message lies that has lain for the longest; MAX_VALUE when none is open. */
  public static long oldest(AccountQueue queue) {
    return queue.inside(state -> {
      long[] oldest = {Long.MAX_VALUE};
      state.messages().forEach(message -> oldest[0] = Math.min(oldest[0], message.position()));
      return oldest[0];
    });
  }

  /** Whether anything is known of the account that the journal has to say again. */
  public static boolean anythingKnown(AccountQueue queue) {
    return queue.inside(state -> !state.nothingKnown());
  }

  /**
   * Appends an attempt and counts it, or looks at what was counted and appends that: one after the
   * other. So what is said again of an account counts every attempt before it and none behind it.
   */
  public static <T> T attemptAlone(AccountQueue queue, AccountQueue.Change<T> change)
      throws InterruptedException {
    Lock attempting = queue.inside(QueueState::attempting);
    attempting.lockInterruptibly();
    try {
      return change.run();
    } finally {
      attempting.unlock();
    }
  }

  /** What is known of the account beside its messages. */
  public static AccountCarried account(AccountQueue queue, Instant now) {
    return queue.inside(state -> {
      state.trimPacing(now);
      return new AccountCarried(
          queue.account(), state.paused(), state.unlinked(), state.pacing().encode());
    });
  }
}
