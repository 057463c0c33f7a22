package dev.switchboard.instance.reconnect;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;

/** How often an account connected again of late; may be asked by any thread. */
public final class ReconnectCount {
  private static final int MOST_COUNTED = 1_000;
  private static final Duration COUNTED_FOR = Duration.ofHours(1);

  private final InstantSource clock;
  private final ArrayDeque<Instant> reconnects = new ArrayDeque<>(1);

  public ReconnectCount(InstantSource clock) {
    this.clock = clock;
  }

  /** It connects again. */
  public void add() {
    synchronized (reconnects) {
      if (reconnects.size() == MOST_COUNTED) {
        reconnects.removeFirst();
      }
      reconnects.addLast(clock.instant());
    }
  }

  /** How often within the last hour, up to {@link #MOST_COUNTED}. */
  public int withinTheHour() {
    synchronized (reconnects) {
      Instant hourAgo = clock.instant().minus(COUNTED_FOR);
      reconnects.removeIf(hourAgo::isAfter);
      return reconnects.size();
    }
  }
}
