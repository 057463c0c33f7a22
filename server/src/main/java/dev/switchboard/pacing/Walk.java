package dev.switchboard.pacing;

import dev.switchboard.model.pacing.PacingLimit;
import dev.switchboard.pacing.Planner.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Sends, on paper, what waits before a message and then the message, each gap being the same: the
 * first one that may go goes, and those that may not are passed over.
 */
final class Walk {
  /** Beyond that many messages the rest is taken to go as fast as these did. */
  static final int LONGEST = 20_000;

  private static final int NONE = Integer.MAX_VALUE;

  /** Where a message goes. */
  record Arrival(Instant time, Map<PacingLimit, Duration> waits) {
    Optional<PacingLimit> longestWait() {
      return waits.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    boolean waitedForQuietHours() {
      return waits.containsKey(PacingLimit.QUIET_HOURS);
    }
  }

  private final Situation situation;
  private final long draw;
  private final Instant start;
  private final Map<PacingLimit, Duration> waits = new EnumMap<>(PacingLimit.class);
  private PacingHistory history;
  private Instant now;
  private int nextCold;
  private int nextKnown;

  private Walk(Situation situation, long draw, Instant now) {
    this.situation = situation;
    this.draw = draw;
    this.start = now;
    this.now = now;
    this.history = situation.history().asOf(now).forked();
  }

  /** Where the message goes if every gap is as that draw says; empty where nobody can tell. */
  static Optional<Arrival> of(Situation situation, long draw, Instant now) {
    return new Walk(situation, draw, now).arrival();
  }

  private Optional<Arrival> arrival() {
    int last = situation.before().count();
    nextCold = cold(0);
    nextKnown = known(0);
    for (int sent = 0; sent < LONGEST; sent++) {
      int index = sendNext();
      if (index == last) {
        return Optional.of(new Arrival(now, waits));
      }
      if (index == NONE) {
        return Optional.empty();
      }
    }
    return Optional.of(extrapolated(last));
  }

  /** Sends the first one that may go, as soon as one may, and says which; NONE: never. */
  private int sendNext() {
    while (true) {
      int first = Math.min(nextCold, nextKnown);
      int second = Math.max(nextCold, nextKnown);
      Decision onFirst = decide(first);
      if (onFirst instanceof Decision.Go) {
        return sent(first);
      }
      Decision onSecond = passedOver(onFirst) && second != NONE ? decide(second) : onFirst;
      if (onSecond instanceof Decision.Go) {
        return sent(second);
      }
      if (!waited(onFirst, onSecond)) {
        return NONE;
      }
    }
  }

  private int sent(int index) {
    history = history.attempted(now, candidate(index).recipient(), draw);
    if (index == nextCold) {
      nextCold = cold(index + 1);
    } else {
      nextKnown = known(index + 1);
    }
    return index;
  }

  /** Waits for the sooner one; false where neither has a time. */
  private boolean waited(Decision one, Decision other) {
    Optional<Decision.NotBefore> sooner =
        Stream.of(one, other)
            .flatMap(decision ->
                decision instanceof Decision.NotBefore wait ? Stream.of(wait) : Stream.empty())
            .min(Comparator.comparing(Decision.NotBefore::time));
    sooner.ifPresent(wait -> {
      waits.merge(wait.limit(), Duration.between(now, wait.time()), Duration::plus);
      now = wait.time();
    });
    return sooner.isPresent();
  }

  private static boolean passedOver(Decision decision) {
    return switch (decision) {
      case Decision.Go ignored -> false;
      case Decision.NotBefore wait -> wait.scope() != Decision.Scope.ACCOUNT;
      case Decision.Held ignored -> true;
    };
  }

  private Decision decide(int index) {
    return Governor.decide(situation.policy(), history, candidate(index), situation.lock(), now);
  }

  private Candidate candidate(int index) {
    if (index == situation.before().count()) {
      return situation.candidate();
    }
    return situation.before().cold().get(index) ? Candidate.NEW : Candidate.KNOWN;
  }

  /** The next one to somebody new from there on. */
  private int cold(int from) {
    int next = situation.before().cold().nextSetBit(from);
    return next >= 0 ? next : itself(from, situation.candidate().recipient().cold());
  }

  /** The next one to somebody known from there on. */
  private int known(int from) {
    int next = situation.before().cold().nextClearBit(from);
    return next < situation.before().count()
        ? next
        : itself(from, !situation.candidate().recipient().cold());
  }

  private int itself(int from, boolean ofThatKind) {
    int index = situation.before().count();
    return ofThatKind && from <= index ? index : NONE;
  }

  private Arrival extrapolated(int last) {
    Duration walked = Duration.between(start, now);
    double more = (last + 1 - LONGEST) / (double) LONGEST;
    return new Arrival(now.plusMillis(Math.round(walked.toMillis() * more)), waits);
  }
}
