package dev.switchboard.pacing;

import dev.switchboard.model.pacing.PacingLimit;
import dev.switchboard.pacing.Planner.Situation;
import dev.switchboard.pacing.WalkedChat.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends, on paper, what waits before a message and then the message, each gap being the same, as a
 * sender does it: the network takes no time, and takes everything.
 */
final class Walk {
  /** Beyond that many messages the rest is taken to go as fast as these did. */
  static final int LONGEST = 20_000;

  /**
   * Where a message goes.
   *
   * @param before how many go before it
   */
  record Arrival(Instant time, Map<PacingLimit, Duration> waits, int before) {
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
  private final WalkedQueue queue;
  private final Message planned;
  private PacingHistory history;
  private Instant now;

  /** When a text last began to be typed; null: none yet. */
  private @Nullable Instant lastTyped;

  /** When another one may go than those that may not now; null: never. */
  private @Nullable Instant next;

  private Walk(Situation situation, long draw, Instant now) {
    this.situation = situation;
    this.draw = draw;
    this.start = now;
    this.now = now;
    this.history = situation.history().asOf(now).forked();
    this.queue = new WalkedQueue(now);
    situation.others().forEach(this::enter);
    this.planned = new Message(enter(situation.own()), situation.message(), true);
    queue.add(planned);
  }

  private WalkedChat enter(Planner.Chat waiting) {
    WalkedChat chat = queue.chat(waiting.recipient());
    waiting.waiting().forEach(one -> queue.add(new Message(chat, one, false)));
    return chat;
  }

  /**
   * Where the message goes if every gap is as that draw says; empty where nobody can tell, or not
   * before that time.
   */
  static Optional<Arrival> of(Situation situation, long draw, Instant now, Instant before) {
    return new Walk(situation, draw, now).arrival(before);
  }

  private Optional<Arrival> arrival(Instant before) {
    for (int sent = 0; sent < LONGEST; sent++) {
      Message gone = sendNext(before);
      if (gone == null) {
        return Optional.empty();
      }
      if (gone == planned) {
        return Optional.of(new Arrival(now, waits, sent));
      }
    }
    return Optional.of(extrapolated()).filter(found -> found.time().isBefore(before));
  }

  /** Sends the first one that may go, as soon as one may; null: none ever, or before that time. */
  private @Nullable Message sendNext(Instant before) {
    while (now.isBefore(before)) {
      queue.goOn(now);
      next = queue.nextDue();
      Decision.NotBefore all = null;
      for (Message first = queue.next(); first != null && all == null; first = queue.next()) {
        switch (decide(first)) {
          case Decision.Go _ -> {
            return sent(first);
          }
          case Decision.Type typing -> type(first, typing.until());
          case Decision.NotBefore wait -> {
            wakeAt(wait.time());
            // While one that was typed waits for the gap, others begin to be typed.
            all = wait.scope() == Decision.Scope.ACCOUNT && !first.typed() ? wait : null;
            queue.hold(first);
          }
          case Decision.Held _ -> queue.hold(first);
        }
      }
      Instant wake = next;
      if (wake == null) {
        return null;
      }
      waitFor(wake, all);
    }
    return null;
  }

  private Message sent(Message message) {
    history = history.attempted(now, message.chat().recipient(), draw);
    queue.sent(message);
    return message;
  }

  private void type(Message message, Instant until) {
    lastTyped = now;
    queue.type(message, until);
    wakeAt(until);
  }

  private void wakeAt(Instant time) {
    next = next == null || time.isBefore(next) ? time : next;
  }

  private Decision decide(Message message) {
    Waiting waiting = message.waiting();
    int characters = message.typed() ? 0 : waiting.characters();
    Keystrokes keystrokes =
        situation
            .policy()
            .typing()
            .before(characters, now, waiting.expiresAt())
            .map(length -> new Keystrokes(length, lastTyped))
            .orElse(null);
    Candidate candidate = new Candidate(message.chat().recipient(), keystrokes);
    return Governor.decide(situation.policy(), history, candidate, situation.lock(), now);
  }

  private void waitFor(Instant time, Decision.@Nullable NotBefore all) {
    waits.merge(reason(all), Duration.between(now, time), Duration::plus);
    now = time;
  }

  /** What the message itself waits for meanwhile; behind others, it is what all wait for. */
  private PacingLimit reason(Decision.@Nullable NotBefore all) {
    WalkedChat chat = planned.chat();
    Message first = chat.next(now);
    if (!chat.has(planned)) {
      return PacingLimit.SCHEDULE;
    }
    if (first == null) {
      return PacingLimit.TYPING;
    }
    return switch (decide(first)) {
      case Decision.Held held -> held.limit();
      case Decision.NotBefore wait when all == null || wait.scope() != Decision.Scope.ACCOUNT ->
          wait.limit();
      default -> all == null ? PacingLimit.GAP : all.limit();
    };
  }

  private Arrival extrapolated() {
    Duration walked = Duration.between(start, now);
    int ahead = queue.ahead(planned);
    double more = (ahead + 1) / (double) LONGEST;
    return new Arrival(
        now.plusMillis(Math.round(walked.toMillis() * more)), waits, LONGEST + ahead);
  }
}
