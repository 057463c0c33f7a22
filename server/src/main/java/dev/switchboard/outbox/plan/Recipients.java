package dev.switchboard.outbox.plan;

import dev.switchboard.journal.Journal;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.JournalEntry.Accepted;
import dev.switchboard.model.Peer;
import dev.switchboard.outbox.queue.AccountQueue;
import dev.switchboard.outbox.queue.OpenMessage;
import dev.switchboard.outbox.queue.QueueView;
import dev.switchboard.outbox.queue.QueueView.Chat;
import dev.switchboard.outbox.sender.SendRules;
import dev.switchboard.pacing.Familiarity;
import dev.switchboard.pacing.Planner;
import dev.switchboard.pacing.Waiting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Those for whom something waits, and how well the account knows them: what the queue was told, and
 * what is asked of storage. What was asked is told to the queue, so that each chat is asked for
 * once.
 */
public final class Recipients {
  private static final Comparator<Waiting> URGENCY =
      Comparator.comparing(Waiting::priority).thenComparingLong(Waiting::order);

  private final AccountQueue queue;
  private final Journal journal;
  private final SendRules rules;
  private final Peer to;
  private final Chat own;
  private @Nullable Familiarity familiarity;

  /** The chats with others of whom that is known. */
  private final List<Planner.Chat> others = new ArrayList<>();

  /** Those of whom nobody asked yet, the most urgent one first. */
  private final Deque<Chat> unasked;

  /**
   * @param to whose plan it is
   */
  public Recipients(AccountQueue queue, Peer to, Journal journal, SendRules rules) {
    this.queue = queue;
    this.journal = journal;
    this.rules = rules;
    this.to = to;
    QueueView.Chats chats = QueueView.chats(queue, to);
    this.own = chats.own();
    this.familiarity = own.familiarity();
    List<Chat> asking = new ArrayList<>();
    for (Chat chat : chats.others()) {
      Familiarity known = chat.familiarity();
      if (known == null) {
        asking.add(chat);
      } else {
        others.add(new Planner.Chat(known, chat.waiting()));
      }
    }
    asking.sort(Comparator.comparing(Recipients::first, URGENCY));
    this.unasked = new ArrayDeque<>(asking);
  }

  private static Waiting first(Chat chat) {
    return chat.waiting().stream().min(URGENCY).orElseThrow();
  }

  /** The recipient's, asked for if it is not known. */
  Familiarity own() {
    Familiarity known = familiarity;
    if (known == null) {
      known = ask(own, to);
      familiarity = known;
    }
    return known;
  }

  /** The recipient's as far as it is known without asking. */
  Optional<Familiarity> ownUnasked() {
    return Optional.ofNullable(familiarity);
  }

  /** The chat that the message comes to. */
  Planner.Chat ownAs(Familiarity recipient) {
    return new Planner.Chat(recipient, own.waiting());
  }

  /** The chats with others; those of whom nobody asked count as that. */
  List<Planner.Chat> othersAs(Familiarity otherwise) {
    List<Planner.Chat> all = new ArrayList<>(others);
    for (Chat chat : unasked) {
      boolean counted = otherwise == Familiarity.NEW && chat.tried();
      all.add(new Planner.Chat(counted ? Familiarity.APPROACHED : otherwise, chat.waiting()));
    }
    return all;
  }

  /** Asks of so many others at most; how many it asked of. */
  int askOthers(int most) {
    int asked = 0;
    while (asked < most && !unasked.isEmpty()) {
      Chat chat = unasked.getFirst();
      Familiarity found = recipient(chat).map(of -> ask(chat, of)).orElse(Familiarity.KNOWN);
      others.add(new Planner.Chat(found, chat.waiting()));
      var _ = unasked.removeFirst();
      asked++;
    }
    return asked;
  }

  private Familiarity ask(Chat chat, Peer person) {
    Familiarity found = rules.familiarity(queue.account(), person);
    OpenMessage one = chat.one();
    if (one != null) {
      QueueView.know(queue, one, found);
    }
    return found;
  }

  /** To whom it is said; empty when that is over meanwhile. */
  private Optional<Peer> recipient(Chat chat) {
    OpenMessage one = chat.one();
    return one == null
        ? Optional.empty()
        : journal.read(one.position()).map(Recipients::accepted).map(Accepted::to);
  }

  private static Accepted accepted(JournalEntry entry) {
    return entry instanceof JournalEntry.Carried carried ? carried.accepted() : (Accepted) entry;
  }
}
