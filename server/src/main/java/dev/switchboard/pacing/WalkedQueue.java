package dev.switchboard.pacing;

import dev.switchboard.pacing.WalkedChat.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What waits in a walk: says which message is next, as an account's queue does.
 *
 * <p>A sender asks for each chat by itself whether it is held, and keeps the answer. Those that
 * wait for the same are a group here that is asked for as one, since there may be thousands of
 * them. So where some are held, whose turn it is may now and then be another one's, by a message or
 * a gap.
 */
final class WalkedQueue {
  private static final int GROUPS = 3 * 2;

  /** A message that comes to its chat, has been typed, or expires. */
  private record Coming(long at, Message message) {}

  private final List<PriorityQueue<Message>> ready = new ArrayList<>(Turns.PRIORITIES * GROUPS);
  private final PriorityQueue<Coming> coming =
      new PriorityQueue<>(Comparator.comparingLong(Coming::at));
  private final PriorityQueue<Coming> expiring =
      new PriorityQueue<>(Comparator.comparingLong(Coming::at));
  private final List<WalkedChat> chats = new ArrayList<>();
  private final boolean[] held = new boolean[GROUPS];
  private final Turns turns = new Turns();
  private Instant now;

  WalkedQueue(Instant now) {
    this.now = now;
    for (int i = 0; i < Turns.PRIORITIES * GROUPS; i++) {
      ready.add(new PriorityQueue<>(1, Comparator.comparingLong(Message::order)));
    }
  }

  WalkedChat chat(Familiarity recipient) {
    WalkedChat chat = new WalkedChat(recipient);
    chats.add(chat);
    return chat;
  }

  /** It comes to its chat, now or at its time. */
  void add(Message message) {
    Instant notBefore = message.waiting().notBefore();
    if (notBefore == null) {
      come(message);
    } else {
      coming.add(new Coming(notBefore.toEpochMilli(), message));
    }
    Instant expiry = message.waiting().expiresAt();
    if (expiry != null && !message.planned()) {
      expiring.add(new Coming(expiry.toEpochMilli(), message));
    }
  }

  private void come(Message message) {
    message.chat().come(message);
    offer(message.chat());
  }

  /** It is that time now: what was held is asked for anew. */
  void goOn(Instant time) {
    now = time;
    Arrays.fill(held, false);
    for (Coming next = coming.peek();
        next != null && next.at() <= now.toEpochMilli();
        next = coming.peek()) {
      Message message = coming.remove().message();
      if (message.typed()) {
        message.chat().typed();
        offer(message.chat());
      } else {
        come(message);
      }
    }
    for (Coming next = expiring.peek();
        next != null && next.at() <= now.toEpochMilli();
        next = expiring.peek()) {
      offer(expiring.remove().message().chat()); // Which looks for the next one that has not.
    }
  }

  /** When there may be another one next by itself; null: never. */
  @Nullable Instant nextDue() {
    Coming next = coming.peek();
    return next == null ? null : Instant.ofEpochMilli(next.at());
  }

  /** The message to go next of those that are not held; null: there is none. */
  @Nullable Message next() {
    int priority = turns.next(this::waits);
    return priority < 0 ? null : first(priority);
  }

  private boolean waits(int priority) {
    return first(priority) != null;
  }

  private @Nullable Message first(int priority) {
    Message first = null;
    for (int group = 0; group < GROUPS; group++) {
      Message top = held[group] ? null : top(priority * GROUPS + group);
      if (top != null && (first == null || top.order() < first.order())) {
        first = top;
      }
    }
    return first;
  }

  /** Its first one; what does not hold any more is dropped. */
  private @Nullable Message top(int heap) {
    PriorityQueue<Message> messages = ready.get(heap);
    Message top = messages.peek();
    while (top != null && (heap(top) != heap || top.chat().next(now) != top)) {
      messages.remove();
      drop(top, heap);
      top = messages.peek();
    }
    return top;
  }

  private void drop(Message message, int heap) {
    if (message.heap() == heap) {
      message.heap(-1);
    }
    offer(message.chat()); // It may have expired.
  }

  private void offer(WalkedChat chat) {
    Message next = chat.next(now);
    if (next != null && next.heap() != heap(next)) {
      next.heap(heap(next));
      ready.get(next.heap()).add(next);
    }
  }

  private static int heap(Message message) {
    return message.priority() * GROUPS + group(message);
  }

  /** Those of one group wait for the same. */
  private static int group(Message message) {
    int recipient =
        switch (message.chat().recipient()) {
          case KNOWN -> 0;
          case APPROACHED -> 1;
          case NEW -> 2;
        };
    return recipient * 2 + (message.typed() ? 1 : 0);
  }

  /** It may not go now, nor may others for which the same holds. */
  void hold(Message message) {
    held[group(message)] = true;
  }

  /** It is seen typed until then, once, and stays in its place. */
  void type(Message message, Instant until) {
    message.chat().type(message);
    coming.add(new Coming(until.toEpochMilli(), message));
    Arrays.fill(held, false);
  }

  void sent(Message message) {
    turns.took(message.priority(), this::waits);
    message.chat().sent(message);
    offer(message.chat());
    Arrays.fill(held, false);
  }

  /**
   * About how many there are that go before that one: as urgent at least and not held longer, and
   * its share of the rest.
   */
  int ahead(Message one) {
    long asUrgent = count(one, message -> message.priority() <= one.priority());
    long others = count(one, message -> message.priority() > one.priority());
    return (int) (asUrgent + Math.min(others, asUrgent / Turns.RUN));
  }

  private long count(Message one, Predicate<Message> which) {
    return chats.stream()
        .filter(chat -> chat.recipient().compareTo(one.chat().recipient()) <= 0)
        .flatMap(WalkedChat::here)
        .filter(message -> message != one)
        .filter(which)
        .count();
  }
}
