package dev.switchboard.pacing;

import dev.switchboard.model.pacing.PacingLimit;
import dev.switchboard.pacing.Planner.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Sends, on paper, what waits before a message and then the message, each gap being the same: the
 * first one that may go goes, and those that may not are passed over.
 */
final class Walk {
  /** Beyond that many messages the rest is taken to go as fast as these did. */
  static final int LONGEST = 20_000;

  static final int NONE = Integer.MAX_VALUE;

  private static final int TYPED = -1;
  private static final int HEADS = 4;

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
  private final WalkedTyping typing;
  private PacingHistory history;
  private Instant now;
  private int nextCold;
  private int nextKnown;

  private Walk(Situation situation, long draw, Instant now) {
    this.situation = situation;
    this.draw = draw;
    this.start = now;
    this.now = now;
    this.typing = new WalkedTyping(situation);
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
      List<Decision.NotBefore> waiting = new ArrayList<>(HEADS);
      int gone = look(waiting);
      if (gone == NONE && waiting.isEmpty()) {
        return NONE;
      }
      if (gone == NONE) {
        waitFor(Collections.min(waiting, Comparator.comparing(Decision.NotBefore::time)));
      } else if (gone != TYPED) {
        return gone;
      }
    }
  }

  /**
   * Sends the first one that may go now. NONE: none may, but those that wait for a time; TYPED: one
   * is being typed from here on, and all may be different.
   */
  private int look(List<Decision.NotBefore> waiting) {
    typing.nextDone(now).ifPresent(waiting::add);
    for (int index : heads()) {
      switch (decide(index)) {
        case Decision.Go _ -> {
          return sent(index);
        }
        case Decision.Type type -> {
          begin(index, type.until());
          return TYPED;
        }
        case Decision.NotBefore wait -> {
          waiting.add(wait);
          if (wait.scope() == Decision.Scope.ACCOUNT && !typing.isDone(index)) {
            return NONE; // While one that was typed waits for the gap, others begin to be typed.
          }
        }
        case Decision.Held _ -> {}
      }
    }
    return NONE;
  }

  /** Of those that differ in what holds them back, the first each, in order. */
  private int[] heads() {
    return IntStream.of(typing.firstDone(now), nextCold, nextKnown)
        .filter(index -> index != NONE)
        .sorted()
        .toArray();
  }

  private void begin(int index, Instant until) {
    typing.begin(index, now, until);
    passed(index);
  }

  private int sent(int index) {
    history = history.attempted(now, candidate(index).recipient(), draw);
    if (!typing.sent(index)) {
      passed(index);
    }
    return index;
  }

  private void passed(int index) {
    if (index == nextCold) {
      nextCold = cold(index + 1);
    } else {
      nextKnown = known(index + 1);
    }
  }

  private void waitFor(Decision.NotBefore wait) {
    waits.merge(wait.limit(), Duration.between(now, wait.time()), Duration::plus);
    now = wait.time();
  }

  private Decision decide(int index) {
    return Governor.decide(situation.policy(), history, candidate(index), situation.lock(), now);
  }

  private Candidate candidate(int index) {
    Keystrokes keystrokes = typing.of(index);
    if (index == situation.before().count()) {
      Candidate itself = situation.candidate();
      return new Candidate(itself.recipient(), itself.notBefore(), keystrokes);
    }
    boolean cold = situation.before().cold().get(index);
    return new Candidate(cold ? Familiarity.NEW : Familiarity.KNOWN, null, keystrokes);
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
