package dev.switchboard.outbox.queue;

import static java.util.Comparator.comparingInt;

import dev.switchboard.pacing.Familiarity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The messages to one recipient: the more urgent first, among equals in order. One of them flies at
 * a time. A linked list, since most lanes hold a single message. Guarded by its queue's lock.
 */
final class Lane {
  private final long name;
  private long otherName;

  /** The lane that it became part of. */
  private @Nullable Lane into;

  /** The lane that became part of it last; that one leads on to the one before. */
  private @Nullable Lane absorbed;

  private @Nullable OpenMessage first;

  /** The last message of each priority that is in the list; null while there is one message. */
  private @Nullable OpenMessage @Nullable [] lasts;

  /** How often its first message failed for now. */
  private short failures;

  /** Until when it is passed over, in milliseconds; 0: it is not. */
  private long restsUntil;

  private short flying;

  /** Until when it is passed over because its recipient is new to the account; 0: it is not. */
  private long heldUntil;

  private @Nullable Familiarity familiarity;
  private int messages;

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
    first = null;
    lasts = null;
    all.forEach(this::add);
    messages += other.messages;
    flying += other.flying;
    failures = (short) Math.max(failures, other.failures);
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

  /** The message that is to go next; those that are gone are dropped on the way. */
  @Nullable OpenMessage first() {
    OpenMessage message = first;
    while (message != null && message.place() != OpenMessage.Place.WAITING) {
      forgetLast(message);
      message = message.next();
    }
    first = message;
    if (message == null) {
      lasts = null;
    }
    return message;
  }

  private void forgetLast(OpenMessage message) {
    @Nullable OpenMessage[] ends = lasts;
    if (ends != null && ends[message.priorityIndex()] == message) {
      ends[message.priorityIndex()] = null;
    }
  }

  /** Puts it behind those that are as urgent, and before those that are less so. */
  void add(OpenMessage message) {
    OpenMessage before = first();
    if (before == null) {
      message.next(null);
      first = message;
      return;
    }
    @Nullable OpenMessage[] ends = ends(before);
    OpenMessage last = lastNotAfter(ends, message.priorityIndex());
    if (last == null) {
      message.next(before);
      first = message;
    } else {
      message.next(last.next());
      last.next(message);
    }
    ends[message.priorityIndex()] = message;
  }

  /** It comes back as the first of its priority: retries keep their place. */
  void putBack(OpenMessage message) {
    OpenMessage before = first();
    OpenMessage ahead = null;
    for (OpenMessage at = before;
        at != null && at.priorityIndex() < message.priorityIndex();
        at = at.next()) {
      ahead = at;
    }
    insert(message, ahead, before);
  }

  private void insert(
      OpenMessage message, @Nullable OpenMessage ahead, @Nullable OpenMessage before) {
    message.next(ahead == null ? before : ahead.next());
    if (ahead == null) {
      first = message;
    } else {
      ahead.next(message);
    }
    lasts = null; // Found again when the next one is added.
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

  private static @Nullable OpenMessage lastNotAfter(
      @Nullable OpenMessage[] ends, int priorityIndex) {
    for (int i = priorityIndex; i >= 0; i--) {
      OpenMessage end = ends[i];
      if (end != null) {
        return end;
      }
    }
    return null;
  }

  boolean passedOver(long now) {
    return flying > 0 || heldUntil > now || restsUntil > now;
  }

  void takesOff() {
    flying++;
  }

  void lands() {
    flying--;
  }

  void holdUntil(long time) {
    heldUntil = time;
  }

  int failures() {
    return failures;
  }

  void restUntil(long time, boolean failed) {
    restsUntil = time;
    failures = (short) Math.min(failures + (failed ? 1 : 0), Short.MAX_VALUE);
  }

  void recovered() {
    restsUntil = 0;
    failures = 0;
  }

  /** How well the account knows the recipient; null: nobody asked yet. */
  @Nullable Familiarity familiarity() {
    return familiarity;
  }

  void familiarity(Familiarity found) {
    familiarity = found;
  }
}
