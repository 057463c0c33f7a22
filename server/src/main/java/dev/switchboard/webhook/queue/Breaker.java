package dev.switchboard.webhook.queue;

import dev.switchboard.webhook.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a receiver is away as a whole. Then one delivery at a time is posted to see whether
 * it is back; the others wait, and use up nothing of their time.
 */
final class Breaker {
  /** So many failures in a row are no accident. */
  static final int FAILURES = 10;

  private static final int SERVER_ERROR = 500;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final Duration PROBE_BASE = Duration.ofSeconds(5);
  private static final Duration PROBE_CAP = Duration.ofMinutes(5);

  private final BackOff waits;
  private int failures;
  private int probes;
  private @Nullable Instant probeAt;
  private boolean probing;

  Breaker(RandomGenerator random) {
    waits = new BackOff(PROBE_BASE, PROBE_CAP, random);
  }

  /** Whether it speaks for a receiver that is away. */
  static boolean misses(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Unreached _ -> true;
      case Outcome.Answered(int status, String _, Optional<Duration> _) ->
          status >= SERVER_ERROR || status == TOO_MANY_REQUESTS;
    };
  }

  boolean open() {
    return probeAt != null;
  }

  int failures() {
    return failures;
  }

  /** When the next probe is made at the earliest; null when it is closed. */
  @Nullable Instant probeAt() {
    return probeAt;
  }

  /** Whether one is on its way. */
  boolean probing() {
    return probing;
  }

  /** Whether something may be posted now. */
  boolean allows(Instant now) {
    return probeAt == null || (!probing && !probeAt.isAfter(now));
  }

  /** Something is posted; a probe when it is open. */
  void launched() {
    probing = open();
  }

  /**
   * The receiver is there.
   *
   * @return whether that is news
   */
  boolean reached() {
    boolean news = open();
    failures = 0;
    probes = 0;
    probeAt = null;
    probing = false;
    return news;
  }

  /**
   * It is not.
   *
   * @param probe whether this was found out by a probe
   * @param asked how long it wants to be left alone
   */
  void missed(Instant now, boolean probe, Duration asked) {
    failures++;
    if (probe && open()) {
      probes++;
      probing = false;
      probeAt = now.plus(waits.after(probes + 1, asked));
    } else if (!open() && failures >= FAILURES) {
      probeAt = now.plus(waits.after(1, asked));
    }
  }

  /** The probe came to nothing that says whether the receiver is there. */
  void unproven() {
    probing = false;
  }
}
