package dev.switchboard.webhook.delivery;

import dev.switchboard.event.Event;
import dev.switchboard.event.reading.Events;
import dev.switchboard.event.reading.Page;
import dev.switchboard.event.reading.Reading;
import dev.switchboard.event.reading.Selection;
import dev.switchboard.event.reading.Start;
import dev.switchboard.model.AccountKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A stretch of the log that is read for a webhook. Belongs to its thread. */
final class Intake implements AutoCloseable {
  private static final int PAGE = 64;

  private final Events events;
  private final Runnable onNews;
  private final int round;
  private final long until;

  /** Positions that there is a delivery of already. */
  private final Set<Long> known;

  private Selection selection;
  private @Nullable Reading reading;
  private long position;
  private boolean more = true;

  /** What is missing of what was to be read. */
  interface Missing {
    /** Events were deleted before they were read, and nobody said so. */
    void gap(long from, long until);

    /** An event of an account cannot be read. */
    void damaged(AccountKey account, long sequence);
  }

  /**
   * @param round 0, or the number of the replay
   * @param until where it ends
   * @param known is changed
   */
  Intake(
      Events events,
      Runnable onNews,
      Selection selection,
      int round,
      long from,
      long until,
      Set<Long> known) {
    this.events = events;
    this.onNews = onNews;
    this.selection = selection;
    this.round = round;
    this.position = from;
    this.until = until;
    this.known = known;
  }

  int round() {
    return round;
  }

  /** Everything before it was read. */
  long position() {
    return Math.min(position, until);
  }

  long until() {
    return until;
  }

  boolean over() {
    return position >= until;
  }

  /** Whether {@link #take} may have something though nothing is news. */
  boolean more() {
    return more && !over();
  }

  /** The next events, none when there are none at the moment. */
  List<Event> take(int most, Missing missing) throws InterruptedException {
    if (over() || most < 1) {
      return List.of();
    }
    Reading open = open();
    Page page = open.next(Math.min(most, PAGE), Duration.ZERO);
    List<Event> taken = new ArrayList<>();
    switch (page) {
      case Page.Gap(long from, long next) -> {
        if (from < until) {
          missing.gap(from, Math.min(next, until));
        }
        more = true;
      }
      case Page.Damaged(var account, long sequence, long next) -> {
        if (next <= until) {
          missing.damaged(account, sequence);
        }
        more = true;
      }
      case Page.Events(var found, long _) -> {
        found.stream().filter(this::wanted).forEach(taken::add);
        more = !found.isEmpty() || !open.caughtUp();
      }
    }
    position = open.position();
    return taken;
  }

  /** From now on something else is wanted. */
  void select(Selection other) {
    close();
    selection = other;
  }

  /** Goes on at a later position. */
  void moveTo(long later) {
    close();
    position = Math.max(position, later);
  }

  /** Reads no more for the moment. */
  @Override
  public void close() {
    if (reading != null) {
      reading.close();
      reading = null;
    }
    more = true;
  }

  /** Whether it would be taken, and was not. */
  boolean misses(Event event) {
    return event.position() < until && !known.contains(event.position());
  }

  private boolean wanted(Event event) {
    return event.position() < until && !known.remove(event.position());
  }

  private Reading open() {
    if (reading == null) {
      reading = events.open(selection, new Start.At(position), onNews);
    }
    return reading;
  }
}
