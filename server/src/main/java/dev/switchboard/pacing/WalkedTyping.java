package dev.switchboard.pacing;

import dev.switchboard.model.pacing.PacingLimit;
import dev.switchboard.pacing.Planner.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which texts are typed where in a walk: those that were typed may go, in order. */
final class WalkedTyping {
  private record Typed(int index, Instant until) {}

  private final Map<Integer, Duration> before;
  private final @Nullable Keystrokes last;
  private final int lastIndex;
  private final PriorityQueue<Typed> underway =
      new PriorityQueue<>(Comparator.comparing(Typed::until));
  private final PriorityQueue<Integer> done = new PriorityQueue<>();
  private final Set<Integer> begun = new HashSet<>();
  private @Nullable Instant lastBegan;

  WalkedTyping(Situation situation) {
    this.before = situation.before().typed();
    this.last = situation.candidate().typing();
    this.lastIndex = situation.before().count();
    this.lastBegan = last == null ? null : last.lastBegan();
  }

  /** What is to be typed of it yet, or null. */
  @Nullable Keystrokes of(int index) {
    Duration length = length(index);
    return length == null || begun.contains(index) ? null : new Keystrokes(length, lastBegan);
  }

  private @Nullable Duration length(int index) {
    return index < lastIndex ? before.get(index) : last == null ? null : last.length();
  }

  void begin(int index, Instant now, Instant until) {
    lastBegan = now;
    begun.add(index);
    underway.add(new Typed(index, until));
  }

  /** The first of those that are typed by now, or NONE. */
  int firstDone(Instant now) {
    for (Typed next = underway.peek();
        next != null && !next.until().isAfter(now);
        next = underway.peek()) {
      done.add(underway.remove().index());
    }
    Integer first = done.peek();
    return first == null ? Walk.NONE : first;
  }

  /** When the next one will be typed that is not yet. */
  Optional<Decision.NotBefore> nextDone(Instant now) {
    var _ = firstDone(now);
    return Optional.ofNullable(underway.peek())
        .map(next ->
            new Decision.NotBefore(next.until(), PacingLimit.TYPING, Decision.Scope.MESSAGE));
  }

  /** Whether it was typed and may go. */
  boolean isDone(int index) {
    return done.contains(index);
  }

  /** Whether it is one that was typed; it is gone then. */
  boolean sent(int index) {
    return done.remove(index);
  }
}
