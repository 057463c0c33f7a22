package dev.switchboard.pacing;

import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.pacing.PacingPolicy;
import dev.switchboard.model.pacing.SendPlan;
import dev.switchboard.model.pacing.SendRisk;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says when a message would go, by going through what waits before it just as a sender would: with
 * gaps of the middle length, with the shortest and with the longest ones.
 */
public final class Planner {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration NEW_FOR = Duration.ofDays(7);
  private static final double NEAR = 0.8;

  /** Draws that stand for the shortest, the middle and the longest gap. */
  private static final long SHORTEST = 0;

  private static final long MIDDLE = 0x7FFF_FFFF_7FFF_FFFFL;
  private static final long LONGEST = -1;

  private Planner() {}

  /**
   * What to know of an account and a message, to plan it.
   *
   * @param lock the account's reach-out lock, or null
   * @param connected whether the account can send
   * @param expiresAt when the message fails if it was not sent by then, or null
   */
  public record Situation(
      PacingPolicy policy,
      PacingHistory history,
      Waiting before,
      Candidate candidate,
      @Nullable ReachoutLock lock,
      boolean connected,
      @Nullable Instant expiresAt) {}

  /** When the message would go if it were accepted now. Any thread may ask. */
  public static SendPlan plan(Situation situation, Instant now) {
    Optional<Walk.Arrival> middle = Walk.of(situation, MIDDLE, now);
    Optional<Walk.Arrival> shortest = Walk.of(situation, SHORTEST, now);
    Optional<Walk.Arrival> longest = Walk.of(situation, LONGEST, now);
    return new SendPlan(
        middle.map(Walk.Arrival::time).orElse(null),
        shortest.map(Walk.Arrival::time).orElse(null),
        longest.map(Walk.Arrival::time).orElse(null),
        middle.flatMap(Walk.Arrival::longestWait).orElse(null),
        risks(situation, middle, now));
  }

  private static Set<SendRisk> risks(
      Situation situation, Optional<Walk.Arrival> arrival, Instant now) {
    EnumSet<SendRisk> risks = EnumSet.noneOf(SendRisk.class);
    boolean cold = situation.candidate().recipient().cold();
    note(risks, SendRisk.COLD_RECIPIENT, cold);
    note(risks, SendRisk.NEW_ACCOUNT, linkedLately(situation.history(), now));
    note(risks, SendRisk.NEAR_DAY_BUDGET, nearDayBudget(situation, now));
    note(
        risks, SendRisk.QUIET_HOURS, arrival.filter(Walk.Arrival::waitedForQuietHours).isPresent());
    note(risks, SendRisk.REACHOUT_LOCK, cold && locked(situation.lock(), now));
    note(risks, SendRisk.UNPACED, situation.policy().unpaced());
    note(risks, SendRisk.NOT_CONNECTED, !situation.connected());
    note(risks, SendRisk.EXPIRES_BEFORE, expires(situation, arrival));
    return risks;
  }

  private static void note(Set<SendRisk> risks, SendRisk risk, boolean there) {
    if (there) {
      risks.add(risk);
    }
  }

  private static boolean linkedLately(PacingHistory history, Instant now) {
    return history.linkedSince().map(since -> since.plus(NEW_FOR).isAfter(now)).orElse(true);
  }

  private static boolean nearDayBudget(Situation situation, Instant now) {
    int budget = situation.policy().budgets().perDay();
    long used =
        (long) situation.history().attemptsWithin(DAY, now) + situation.before().count() + 1;
    return budget != 0 && used > budget * NEAR;
  }

  private static boolean locked(@Nullable ReachoutLock lock, Instant now) {
    return lock != null && lock.holds(now);
  }

  private static boolean expires(Situation situation, Optional<Walk.Arrival> arrival) {
    Instant expiry = situation.expiresAt();
    return expiry != null && arrival.map(found -> !found.time().isBefore(expiry)).orElse(true);
  }
}
