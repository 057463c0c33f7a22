package dev.switchboard.outbox.queue;

import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.Priority;
import dev.switchboard.outbox.queue.compact.CompactId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that is not finished. There may be a million of them, so every field counts. Guarded by
 * its queue's lock; senders see it while it is in their hands.
 */
public final class OpenMessage {
  /** Where a message stands in its queue. */
  enum Place {
    /** For a time that has not come. */
    SCHEDULED,
    /** In its lane. */
    WAITING,
    /** In a sender's hands, not written yet. */
    BOARDING,
    /** In a sender's hands, and about to be written or written. */
    FLYING,
    /** Not in the queue any more. */
    GONE
  }

  static final long NEVER = Long.MAX_VALUE;
  static final int TYPED = -1;

  private final long head;
  private final byte last;
  private final byte priority;
  private final @Nullable MessageId other;
  private final Lane lane;
  private final long order;
  private final long expiresAt;
  private long position;
  private final long notBefore;
  private short attempts;

  /** How often it failed for now. */
  private short failures;

  /** How many characters are to be seen typed before it goes; 0: none; TYPED: they were. */
  private int characters;

  private Place place = Place.WAITING;

  /** Somebody is about to append what changes it; nobody else may touch it until that is known. */
  private boolean claimed;

  /** A copy of it may have arrived although nobody acknowledged it. */
  private boolean doubtful;

  /** In the heap of those that are ready. */
  private boolean ready;

  private @Nullable OpenMessage next;

  OpenMessage(
      CompactId id,
      Priority priority,
      Lane lane,
      long position,
      long order,
      long notBefore,
      long expiresAt) {
    this.head = id.head();
    this.last = id.last();
    this.other = id.other();
    this.priority = index(priority);
    this.lane = lane;
    this.position = position;
    this.order = order;
    this.notBefore = notBefore;
    this.expiresAt = expiresAt;
  }

  private OpenMessage(OpenMessage same, long notBefore) {
    this.head = same.head;
    this.last = same.last;
    this.other = same.other;
    this.priority = same.priority;
    this.lane = same.lane;
    this.position = same.position;
    this.order = same.order;
    this.notBefore = notBefore;
    this.expiresAt = same.expiresAt;
    this.attempts = same.attempts;
    this.characters = same.characters;
    this.doubtful = same.doubtful;
  }

  /** The same for another time. */
  OpenMessage at(long otherNotBefore) {
    return new OpenMessage(this, otherNotBefore);
  }

  /** Its id, spelled out. */
  public MessageId id() {
    return other == null ? CompactId.spell(head, last) : other;
  }

  /** Where in the journal it is said whole. */
  public long position() {
    return position;
  }

  public Priority priority() {
    return switch (priority) {
      case 0 -> Priority.HIGH;
      case 1 -> Priority.NORMAL;
      default -> Priority.LOW;
    };
  }

  private static byte index(Priority priority) {
    return switch (priority) {
      case HIGH -> 0;
      case NORMAL -> 1;
      case LOW -> 2;
    };
  }

  /** How often it was written to the network, as far as is known. */
  public int attempts() {
    return attempts;
  }

  /** How often it failed for now. */
  public int failures() {
    return failures;
  }

  void failed() {
    failures = (short) Math.min(failures + 1, Short.MAX_VALUE);
  }

  /** How many characters are to be seen typed before it goes for the first time. */
  public int toBeTyped() {
    return attempts == 0 ? Math.max(0, characters) : 0;
  }

  /** Whether it was seen typed. */
  public boolean wasTyped() {
    return characters == TYPED;
  }

  void toBeTyped(int count) {
    characters = count;
  }

  /** Ascends in order of acceptance. */
  public long order() {
    return order;
  }

  /** The earliest time to send it, or null. */
  public @Nullable Instant notBefore() {
    return notBefore == 0 ? null : Instant.ofEpochMilli(notBefore);
  }

  /** When it fails if it was not written by then, or null. */
  public @Nullable Instant expiresAt() {
    return expiresAt == NEVER ? null : Instant.ofEpochMilli(expiresAt);
  }

  /** Whether its time to be sent for the first time is over. */
  public boolean expired(long now) {
    return attempts == 0 && expiresAt <= now;
  }

  /** Whether it is to go before the other one when both are for one recipient. */
  boolean goesBefore(OpenMessage other) {
    int urgency = Integer.compare(priorityIndex(), other.priorityIndex());
    return urgency < 0 || (urgency == 0 && order < other.order);
  }

  boolean is(CompactId id) {
    return head == id.head()
        && last == id.last()
        && (other == null ? id.other() == null : other.equals(id.other()));
  }

  long head() {
    return head;
  }

  /** 0 for the most urgent. */
  int priorityIndex() {
    return priority;
  }

  Lane lane() {
    return lane.root();
  }

  long notBeforeMillis() {
    return notBefore;
  }

  long expiresAtMillis() {
    return expiresAt;
  }

  void moveTo(long otherPosition) {
    position = otherPosition;
  }

  void attempted(int attempt) {
    attempts = (short) Math.clamp(attempt, attempts, Short.MAX_VALUE);
  }

  Place place() {
    return place;
  }

  void place(Place other) {
    place = other;
  }

  /** Whether it is in a sender's hands. */
  boolean away() {
    return place() == Place.BOARDING || place() == Place.FLYING;
  }

  /** Whether it is in its queue, and nobody is about to change it. */
  boolean resting() {
    return !claimed && (place() == Place.WAITING || place() == Place.SCHEDULED);
  }

  /** Whether a copy may have arrived although nobody acknowledged it. */
  public boolean doubtful() {
    return doubtful;
  }

  void doubt() {
    doubtful = true;
  }

  boolean claimed() {
    return claimed;
  }

  void claimed(boolean by) {
    claimed = by;
  }

  boolean ready() {
    return ready;
  }

  void ready(boolean is) {
    ready = is;
  }

  @Nullable OpenMessage next() {
    return next;
  }

  void next(@Nullable OpenMessage following) {
    next = following;
  }

  /**
   * The one of a list behind which it stands; null: it is the first. Mostly the last of its
   * priority.
   */
  static @Nullable OpenMessage lastBefore(
      OpenMessage message, OpenMessage head, @Nullable OpenMessage[] ends) {
    OpenMessage end = lastNotAfter(ends, message.priorityIndex());
    if (end != null && !message.goesBefore(end)) {
      return end;
    }
    OpenMessage ahead = null;
    for (OpenMessage at = head; at != null && at.goesBefore(message); at = at.next()) {
      ahead = at;
    }
    return ahead;
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
}
