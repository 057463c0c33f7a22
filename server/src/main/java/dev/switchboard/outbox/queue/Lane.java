package dev.switchboard.outbox.queue;

import static java.util.Comparator.comparingInt;

import dev.switchboard.pacing.Familiarity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The messages to one recipient: the more urgent first, among equals in order of acceptance. One of
 * them flies at a time. A linked list, since most lanes hold a single message; what is finished is
 * left in it until it is met. Guarded by its queue's lock.
 */
final class Lane {
  /** So many that are finished may stand in the list beyond as many as wait. */
  private static final int SLACK = 16;

  private final long name;
  private long otherName;

  /** The lane that it became part of. */
  private @Nullable Lane into;

  /** The lane that became part of it last; that one leads on to the one before. */
  private @Nullable Lane absorbed;

  private @Nullable OpenMessage first;

  /** The last message of each priority that is in the list; null until they are asked for. */
  private @Nullable OpenMessage @Nullable [] lasts;

  /** Until when it is passed over, in milliseconds; 0: it is not. */
  private long restsUntil;

  private short flying;

  /** Until when it is passed over because its recipient is new to the account; 0: it is not. */
  private long heldUntil;

  private @Nullable Familiarity familiarity;
  private int messages;

  /** About how many of the list are finished. */
  private int dead;

  /** How many of one priority left in a row while less urgent ones waited. */
  private byte run;

  /**
   * @param name a hash of the name that it is found by
   */
  Lane(long name) {
    this.name = name;
  }

  /** It is found by this name too; false when it has two already. */
  boolean alsoKnownAs(long other) {
    if (otherName == 0) {
      otherName = other;
    }
    return otherName == other;
  }

  /** Visits the names of this lane and of those that became part of it. */
  void forEachName(LongConsumer visitor) {
    for (Lane lane = this; lane != null; lane = lane.absorbed) {
      visitor.accept(lane.name);
      if (lane.otherName != 0) {
        visitor.accept(lane.otherName);
      }
    }
  }

  /** The lane that it became part of, or itself. */
  Lane root() {
    Lane lane = this;
    while (lane.into != null) {
      lane = lane.into;
    }
    return lane;
  }

  /** The two recipients are one person: all of the other's messages are this one's from now on. */
  void absorb(Lane other) {
    List<OpenMessage> all = new ArrayList<>();
    collect(all);
    other.collect(all);
    all.sort(comparingInt(OpenMessage::priorityIndex).thenComparingLong(OpenMessage::order));
    rebuild(all);
    messages += other.messages;
    flying += other.flying;
    restsUntil = Math.max(restsUntil, other.restsUntil);
    heldUntil = 0; // Asked for anew.
    familiarity = null;
    Lane end = other;
    while (end.absorbed != null) {
      end = end.absorbed;
    }
    end.absorbed = absorbed;
    absorbed = other;
    other.into = this;
    other.first = null;
    other.lasts = null;
  }

  private void collect(List<OpenMessage> all) {
    for (OpenMessage at = first(); at != null; at = at.next()) {
      if (at.place() == OpenMessage.Place.WAITING) {
        all.add(at);
      }
    }
  }

  /** Counts a message that belongs to it, in its list or scheduled. */
  void join() {
    messages++;
  }

  /** Forgets one; true when it was the last. */
  boolean leave() {
    return --messages == 0;
  }

  /** The message that is to go next: the first, or after so many of them a less urgent one. */
  @Nullable OpenMessage next() {
    OpenMessage head = first();
    OpenMessage below = head == null || run < Ready.RUN ? null : below(head);
    return below == null ? head : below;
  }

  /** The first that is less urgent, or null. */
  private @Nullable OpenMessage below(OpenMessage head) {
    OpenMessage end = head.next() == null ? null : ends(head)[head.priorityIndex()];
    OpenMessage at = end == null ? null : end.next();
    while (at != null && at.place() != OpenMessage.Place.WAITING) {
      at = at.next();
    }
    return at;
  }

  /** The first that waits; those before it are not in the list any more. */
  private @Nullable OpenMessage first() {
    OpenMessage message = first;
    while (message != null && message.place() != OpenMessage.Place.WAITING) {
      forgetLast(message);
      message = message.next();
    }
    first = message;
    if (message == null) {
      lasts = null;
      dead = 0;
    }
    return message;
  }

  private void forgetLast(OpenMessage message) {
    @Nullable OpenMessage[] ends = lasts;
    if (ends != null && ends[message.priorityIndex()] == message) {
      ends[message.priorityIndex()] = null;
    }
  }

  /**
   * Puts it in its place, whenever that is: what is carried or comes back stands where it stood. It
   * must not be in the list.
   */
  void add(OpenMessage message) {
    OpenMessage head = first();
    if (head == null) {
      message.next(null);
      first = message;
      return;
    }
    @Nullable OpenMessage[] ends = ends(head);
    OpenMessage ahead = OpenMessage.lastBefore(message, head, ends);
    message.next(ahead == null ? head : ahead.next());
    if (ahead == null) {
      first = message;
    } else {
      ahead.next(message);
    }
    OpenMessage last = ends[message.priorityIndex()];
    if (last == null || last == ahead || last.goesBefore(message)) {
      ends[message.priorityIndex()] = message;
    }
  }

  /** A message that waited in it is finished: the list is not to be longer than what waits. */
  void died() {
    if (++dead > messages + SLACK) {
      List<OpenMessage> all = new ArrayList<>();
      collect(all);
      rebuild(all);
    }
  }

  private void rebuild(List<OpenMessage> sorted) {
    first = null;
    lasts = null;
    dead = 0;
    sorted.forEach(this::add);
  }

  private @Nullable OpenMessage[] ends(OpenMessage from) {
    @Nullable OpenMessage[] known = lasts;
    if (known != null) {
      return known;
    }
    @Nullable OpenMessage[] found = new OpenMessage[3];
    for (OpenMessage at = from; at != null; at = at.next()) {
      found[at.priorityIndex()] = at;
    }
    lasts = found;
    return found;
  }

  boolean passedOver(long now) {
    return flies() || held(now) || restsUntil > now;
  }

  /** The message that is {@link #next} leaves; it is not in the list after this. */
  void takesOff(OpenMessage message) {
    OpenMessage head = first();
    if (message == head) {
      run = below(head) == null ? 0 : (byte) (run + 1);
      forgetLast(message);
      first = message.next();
    } else {
      run = 0;
      unlink(message, head);
    }
    flying++;
  }

  private void unlink(OpenMessage message, @Nullable OpenMessage head) {
    OpenMessage at = head;
    while (at != null && at.next() != message) {
      at = at.next();
    }
    if (at != null) {
      at.next(message.next());
      lasts = null; // Found again when they are asked for.
    }
  }

  void lands() {
    flying--;
  }

  boolean flies() {
    return flying > 0;
  }

  boolean held(long now) {
    return heldUntil > now;
  }

  void holdUntil(long time) {
    heldUntil = time;
  }

  void restUntil(long time) {
    restsUntil = time;
  }

  /** Whether that is a time to look at it again. */
  boolean waitsUntil(long time) {
    return messages > 0 && (restsUntil == time || heldUntil == time);
  }

  /** How well the account knows the recipient; null: nobody asked yet. */
  @Nullable Familiarity familiarity() {
    return familiarity;
  }

  /** Takes that for true where nothing is known. */
  Familiarity familiarityOr(Familiarity otherwise) {
    Familiarity known = familiarity == null ? otherwise : familiarity;
    familiarity = known;
    return known;
  }

  void familiarity(@Nullable Familiarity found) {
    familiarity = found;
  }
}
