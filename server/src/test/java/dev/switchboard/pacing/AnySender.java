package dev.switchboard.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.pacing.PacingPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A sender on paper: messages come at random times to random people, some attempts fail, the policy
 * changes, locks come and go, and the process starts anew, all while it does what the governor
 * says.
 */
final class AnySender {
  private static final Duration PATIENCE = Duration.ofDays(400);

  /**
   * One that waits.
   *
   * @param from the earliest time: what its caller chose, or when it will have been typed
   * @param toType for how long it is to be typed yet; null: not at all, or it is being typed
   */
  private record Waiting(int recipient, Instant from, @Nullable Duration toType) {}

  private final RandomGenerator random;
  private final AnyPolicy policies;
  private final WhatWasSent sent;
  private final List<Waiting> queue = new ArrayList<>();
  private final Map<Integer, Familiarity> recipients = new HashMap<>();
  private final Map<Decision.Scope, Integer> waits = new EnumMap<>(Decision.Scope.class);
  private PacingPolicy policy;
  private PacingHistory history;
  private @Nullable ReachoutLock lock;
  private @Nullable Instant lastBegan;
  private Instant now;
  private int toCome;
  private int typings;

  AnySender(RandomGenerator random, int messages) {
    this.random = random;
    this.policies = new AnyPolicy(random);
    this.policy = policies.next();
    this.toCome = messages;
    // Weeks before and after clocks are changed in Europe, America and Australia.
    now = Instant.parse("2026-10-20T00:00:00Z").plusSeconds(random.nextInt(20 * 86_400));
    Instant linked = now.minus(Duration.ofHours(random.nextInt(400)));
    sent = new WhatWasSent(linked);
    history = PacingHistory.EMPTY.linked(linked);
  }

  /** Sends everything, and checks every step. */
  void run() {
    Instant end = now.plus(PATIENCE);
    while (toCome > 0 || !queue.isEmpty()) {
      arrive();
      trouble();
      if (!step()) {
        sleep();
      }
      assertThat(now).as("something waits for ever").isBefore(end);
    }
  }

  int attempts() {
    return sent.size();
  }

  int typings() {
    return typings;
  }

  Map<Decision.Scope, Integer> waits() {
    return waits;
  }

  private void arrive() {
    int burst = Math.min(toCome, random.nextInt(5) == 0 ? random.nextInt(30) : 0);
    toCome -= burst;
    for (int i = 0; i < burst; i++) {
      boolean scheduled = random.nextInt(10) == 0;
      queue.add(
          new Waiting(
              random.nextInt(60),
              scheduled ? now.plusNanos(random.nextLong(86_400_000_000_000L)) : Instant.MIN,
              random.nextInt(4) == 0 ? Duration.ofMillis(1 + random.nextInt(60_000)) : null));
    }
  }

  private void trouble() {
    if (random.nextInt(10) == 0) {
      history = PacingHistory.decode(history.encode());
    }
    if (random.nextInt(10) == 0) {
      history = history.asOf(now);
    }
    if (random.nextInt(60) == 0) {
      policy = policies.next();
    }
    if (random.nextInt(60) == 0) {
      lock = new ReachoutLock(now, now.plusNanos(random.nextLong(200_000_000_000_000L)));
    }
  }

  /** Sends the first message that may go, or types it; false when none may. */
  private boolean step() {
    for (int i = 0; i < queue.size(); i++) {
      if (queue.get(i).from().isAfter(now)) {
        continue;
      }
      Decision decision = decide(queue.get(i), now);
      if (decision instanceof Decision.Type type) {
        type(i, type.until());
        return true;
      }
      if (decision instanceof Decision.Go) {
        send(queue.remove(i));
        return true;
      }
      if (decision instanceof Decision.NotBefore wait && wait.scope() == Decision.Scope.ACCOUNT) {
        return false; // It is said to hold for all.
      }
    }
    return false;
  }

  private void type(int index, Instant until) {
    Waiting message = queue.get(index);
    assertThat(until).isEqualTo(now.plus(message.toType()));
    sent.requireTypingApart(policy, now);
    sent.beganToType(now);
    lastBegan = now;
    typings++;
    queue.set(index, new Waiting(message.recipient(), until, null));
  }

  private void send(Waiting message) {
    Familiarity recipient = familiarity(message);
    assertThat(message.toType()).isNull();
    sent.requireRoom(policy, recipient, now);
    if (recipient.cold() && lock != null) {
      assertThat(lock.holds(now)).as("sent under a lock").isFalse();
    }
    sent.add(now, recipient);
    history = history.attempted(now, recipient, random);
    boolean failed = random.nextInt(8) == 0;
    if (failed) {
      recipients.merge(message.recipient(), Familiarity.APPROACHED, (old, next) -> old);
      queue.addFirst(message);
    } else {
      recipients.put(message.recipient(), Familiarity.KNOWN);
    }
  }

  /** Until the first message may go, or something else happens before. */
  private void sleep() {
    Instant next = toCome > 0 ? now.plusNanos(random.nextLong(3_600_000_000_000L)) : Instant.MAX;
    for (Waiting message : queue) {
      if (message.from().isAfter(now)) {
        next = message.from().isBefore(next) ? message.from() : next;
      } else if (decide(message, now) instanceof Decision.NotBefore wait) {
        waits.merge(wait.scope(), 1, Integer::sum);
        checkTight(message, wait);
        next = wait.time().isBefore(next) ? wait.time() : next;
      }
    }
    now = next.plusNanos(random.nextBoolean() ? 0 : random.nextInt(3_000_000));
  }

  /** That the message may go at the time it was told and not a millisecond before. */
  private void checkTight(Waiting message, Decision.NotBefore wait) {
    assertThat(wait.time()).isAfter(now);
    Decision then = decide(message, wait.time());
    Duration toType = message.toType();
    assertThat(then)
        .isEqualTo(
            toType == null ? new Decision.Go() : new Decision.Type(wait.time().plus(toType)));
    Instant before = wait.time().minusMillis(1);
    if (!before.isBefore(now)) {
      assertThat(decide(message, before)).isInstanceOf(Decision.NotBefore.class);
    }
  }

  private Decision decide(Waiting message, Instant at) {
    return Governor.decide(
        policy,
        history,
        new Candidate(
            familiarity(message),
            message.toType() == null ? null : new Keystrokes(message.toType(), lastBegan)),
        lock,
        at);
  }

  private Familiarity familiarity(Waiting message) {
    return recipients.getOrDefault(message.recipient(), Familiarity.NEW);
  }
}
