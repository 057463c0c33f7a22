package dev.switchboard.pacing;

import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.pacing.PacingPolicy;
import dev.switchboard.model.pacing.SendPlan;
import dev.switchboard.model.pacing.SendRisk;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
   * The messages to one recipient.
   *
   * @param recipient how well the account knows them
   * @param waiting what waits, in any order; not what is on its way, which counts as sent
   */
  public record Chat(Familiarity recipient, List<Waiting> waiting) {
    public Chat {
      waiting = List.copyOf(waiting);
    }

    /** Where nothing waits. */
    public static Chat empty(Familiarity recipient) {
      return new Chat(recipient, List.of());
    }
  }

  /**
   * What to know of an account and a message, to plan it.
   *
   * @param others the chats with other people than the message's recipient
   * @param own the chat that it comes to
   * @param lock the account's reach-out lock, or null
   * @param connected whether the account can send
   */
  public record Situation(
      PacingPolicy policy,
      PacingHistory history,
      List<Chat> others,
      Chat own,
      Waiting message,
      @Nullable ReachoutLock lock,
      boolean connected) {
    public Situation {
      others = List.copyOf(others);
    }
  }

  /** When the message would go if it were accepted now. Any thread may ask. */
  public static SendPlan plan(Situation situation, Instant now) {
    Optional<Walk.Arrival> middle = walk(situation, MIDDLE, now);
    List<Instant> times =
        Stream.of(walk(situation, SHORTEST, now), middle, walk(situation, LONGEST, now))
            .flatMap(Optional::stream)
            .map(Walk.Arrival::time)
            .sorted() // A longer gap may let another one expire before, or come too late.
            .toList();
    return new SendPlan(
        middle.map(Walk.Arrival::time).orElse(null),
        middle.map(_ -> times.getFirst()).orElse(null),
        middle.map(_ -> times.getLast()).orElse(null),
        middle.flatMap(Walk.Arrival::longestWait).orElse(null),
        risks(situation, middle, now));
  }

  private static Optional<Walk.Arrival> walk(Situation situation, long draw, Instant now) {
    return Walk.of(situation, draw, now, Instant.MAX);
  }

  /** Whether the plan would have the message go before it expires: sooner said than the plan. */
  public static boolean inTime(Situation situation, Instant now) {
    Instant expiry = situation.message().expiresAt();
    return expiry == null || Walk.of(situation, MIDDLE, now, expiry).isPresent();
  }

  private static Set<SendRisk> risks(
      Situation situation, Optional<Walk.Arrival> arrival, Instant now) {
    EnumSet<SendRisk> risks = EnumSet.noneOf(SendRisk.class);
    boolean cold = situation.own().recipient().cold();
    note(risks, SendRisk.COLD_RECIPIENT, cold);
    note(risks, SendRisk.NEW_ACCOUNT, linkedLately(situation.history(), now));
    note(risks, SendRisk.NEAR_DAY_BUDGET, nearDayBudget(situation, arrival, now));
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

  private static boolean nearDayBudget(
      Situation situation, Optional<Walk.Arrival> arrival, Instant now) {
    int budget = situation.policy().budgets().perDay();
    int before = arrival.map(Walk.Arrival::before).orElse(0);
    long used = (long) situation.history().attemptsWithin(DAY, now) + before + 1;
    return budget != 0 && used > budget * NEAR;
  }

  private static boolean locked(@Nullable ReachoutLock lock, Instant now) {
    return lock != null && lock.holds(now);
  }

  private static boolean expires(Situation situation, Optional<Walk.Arrival> arrival) {
    Instant expiry = situation.message().expiresAt();
    return expiry != null && arrival.map(found -> !found.time().isBefore(expiry)).orElse(true);
  }
}
