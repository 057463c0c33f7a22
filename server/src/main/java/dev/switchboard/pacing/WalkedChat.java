package dev.switchboard.pacing;

import java.time.Instant;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One recipient's messages in a walk, as a queue has them: the more urgent first, among equals in
 * order of acceptance, and one that is held or typed holds those behind it.
 */
final class WalkedChat {
  /** One of its messages. */
  static final class Message {
    private final WalkedChat chat;
    private final Waiting waiting;
    private final boolean planned;
    private boolean typed;

    /** The heap that it lies in; -1: none. */
    private int heap = -1;

    /**
     * @param planned whether it is the one that the walk is for: that goes however late it is
     */
    Message(WalkedChat chat, Waiting waiting, boolean planned) {
      this.chat = chat;
      this.waiting = waiting;
      this.planned = planned;
    }

    WalkedChat chat() {
      return chat;
    }

    Waiting waiting() {
      return waiting;
    }

    boolean planned() {
      return planned;
    }

    /** Whether it was seen typed, or is. */
    boolean typed() {
      return typed;
    }

    int priority() {
      return Turns.of(waiting.priority());
    }

    long order() {
      return waiting.order();
    }

    int heap() {
      return heap;
    }

    void heap(int index) {
      heap = index;
    }

    private boolean expired(Instant now) {
      Instant expiry = waiting.expiresAt();
      return !planned && expiry != null && !expiry.isAfter(now);
    }
  }

  private final TreeSet<Message> here =
      new TreeSet<>(Comparator.comparingInt(Message::priority).thenComparingLong(Message::order));

  private Familiarity recipient;
  private boolean typing;

  /** How many of one priority left in a row while less urgent ones waited. */
  private int run;

  WalkedChat(Familiarity recipient) {
    this.recipient = recipient;
  }

  Familiarity recipient() {
    return recipient;
  }

  boolean has(Message message) {
    return here.contains(message);
  }

  Stream<Message> here() {
    return here.stream();
  }

  void come(Message message) {
    here.add(message);
  }

  /** The message that is to go next; null: none is here, or the one before is being typed. */
  @Nullable Message next(Instant now) {
    if (typing) {
      return null;
    }
    Message head = unexpired(here.isEmpty() ? null : here.first(), now);
    Message below = head == null || run < Turns.RUN ? null : unexpired(below(head), now);
    return below == null ? head : below;
  }

  /** That one or the next one that has not expired; those that have are gone. */
  private @Nullable Message unexpired(@Nullable Message from, Instant now) {
    Message at = from;
    while (at != null && at.expired(now)) {
      here.remove(at);
      at = here.higher(at);
    }
    return at;
  }

  /** The first that is less urgent, or null. */
  private @Nullable Message below(Message head) {
    return here.higher(
        new Message(this, Waiting.last(head.waiting.priority(), null, null, 0), true));
  }

  void type(Message message) {
    message.typed = true;
    typing = true;
  }

  void typed() {
    typing = false;
  }

  /** Its next one is gone, and the two have written with each other from here on. */
  void sent(Message message) {
    boolean first = message == here.first();
    run = first && below(message) != null ? run + 1 : 0;
    here.remove(message);
    recipient = Familiarity.KNOWN;
  }
}
