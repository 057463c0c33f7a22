package dev.switchboard.outbox.queue;

import dev.switchboard.journal.JournalEntry.AccountCarried;
import dev.switchboard.model.message.MessageId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/** What has to be said again so that old files of the journal may go. */
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

  /** Whether a message is open that lies before the position. */
  public static boolean anyBefore(AccountQueue queue, long position) {
    return queue.inside(state -> {
      boolean[] found = new boolean[1];
      state.messages().forEach(message -> found[0] |= message.position() < position);
      return found[0];
    });
  }

  /** Lets no message of the account leave until {@link #goOn}. */
  public static void hold(AccountQueue queue) {
    queue.inside(state -> {
      state.standStill(true);
      return true;
    });
  }

  /** Whether no message of the account is on its way. */
  public static boolean quiet(AccountQueue queue) {
    return queue.inside(state -> {
      boolean[] away = new boolean[1];
      state.messages().forEach(message -> away[0] |= message.away());
      return !away[0];
    });
  }

  public static void goOn(AccountQueue queue) {
    queue.inside(state -> {
      state.standStill(false);
      return true;
    });
    queue.wake();
  }

  /** Whether anything is known of the account that the journal has to say again. */
  public static boolean anythingKnown(AccountQueue queue) {
    return queue.inside(state -> !state.nothingKnown());
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
