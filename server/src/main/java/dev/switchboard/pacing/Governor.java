package dev.switchboard.pacing;

import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.pacing.Budgets;
import dev.switchboard.model.pacing.NewRecipients;
import dev.switchboard.model.pacing.PacingLimit;
import dev.switchboard.model.pacing.PacingPolicy;
import dev.switchboard.model.pacing.QuietHours;
import dev.switchboard.pacing.Decision.Scope;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a message may go now, or when. It may be asked as often as one likes: only {@link
 * PacingHistory#attempted} changes what it says.
 *
 * <p>A budget of n within a time is kept exactly: a message waits until the n-th last attempt is
 * that old.
 */
public final class Governor {
  private static final long MINUTE = TimeUnit.MINUTES.toMillis(1);
  private static final long HOUR = TimeUnit.HOURS.toMillis(1);
  private static final long DAY = TimeUnit.DAYS.toMillis(1);

  private Governor() {}

  /**
   * Decides on one message.
   *
   * @param history what was sent, {@link PacingHistory#asOf} about now
   * @param lock the account's reach-out lock, or null
   */
  public static Decision decide(
      PacingPolicy policy,
      PacingHistory history,
      Candidate candidate,
      @Nullable ReachoutLock lock,
      Instant now) {
    boolean cold = candidate.recipient().cold();
    if (cold && lock != null && lock.until() == null) {
      return new Decision.Held(PacingLimit.REACHOUT_LOCK, Scope.COLD);
    }
    Wait wait = new Wait(now.toEpochMilli());
    account(wait, policy, history);
    if (cold && lock != null && lock.until() != null) {
      wait.until(ceilingMillis(lock.until()), PacingLimit.REACHOUT_LOCK, Scope.COLD);
    }
    if (cold) {
      settle(wait, policy, history, candidate.recipient());
    }
    Keystrokes typing = candidate.typing();
    return typing == null ? wait.decision() : typed(wait, policy, history, typing, now);
  }

  /**
   * Typing takes place in the gap after the message before, so that it makes nothing slower than it
   * has to; with any other limit it begins when that ends. Beginnings are a gap apart: nobody types
   * to many people at once.
   */
  private static Decision typed(
      Wait wait, PacingPolicy policy, PacingHistory history, Keystrokes typing, Instant now) {
    wait.gapEarlier(typing.length().toMillis());
    Instant last = typing.lastBegan();
    if (last != null) {
      wait.until(
          ceilingMillis(last) + history.gapMillis(policy.gap()), PacingLimit.GAP, Scope.ACCOUNT);
    }
    wait.untilOpen(policy.quietHours(), Scope.ACCOUNT);
    return wait.decision() instanceof Decision.NotBefore later
        ? later
        : new Decision.Type(now.plus(typing.length()));
  }

  /** What holds for every message. */
  private static void account(Wait wait, PacingPolicy policy, PacingHistory history) {
    Series sends = history.sends();
    Budgets budgets = policy.budgets();
    wait.until(history.gapEnd(policy.gap()), PacingLimit.GAP, Scope.ACCOUNT);
    wait.until(free(sends, budgets.perMinute(), MINUTE), PacingLimit.MINUTE_BUDGET, Scope.ACCOUNT);
    wait.until(free(sends, budgets.perHour(), HOUR), PacingLimit.HOUR_BUDGET, Scope.ACCOUNT);
    wait.until(free(sends, budgets.perDay(), DAY), PacingLimit.DAY_BUDGET, Scope.ACCOUNT);
    wait.untilOpen(policy.quietHours(), Scope.ACCOUNT);
  }

  /**
   * On to a time that is no quiet hour and has room for a new recipient: one may lead to where the
   * other is not given, since an older account may be allowed fewer.
   */
  private static void settle(
      Wait wait, PacingPolicy policy, PacingHistory history, Familiarity recipient) {
    boolean moved;
    do {
      wait.untilOpen(policy.quietHours(), Scope.COLD);
      moved =
          recipient == Familiarity.NEW
              && wait.until(
                  room(policy.newRecipients(), history, wait.time()),
                  PacingLimit.NEW_RECIPIENTS,
                  Scope.COLD);
    } while (moved);
  }

  /** When there is room for one more within that time. */
  private static long free(Series series, int budget, long within) {
    return budget == 0 ? Series.NEVER : series.newest(budget) + within;
  }

  /** When there is room for one more new recipient: the account's age at that time counts. */
  private static long room(NewRecipients budget, PacingHistory history, long from) {
    List<NewRecipients.Step> steps = budget.steps();
    for (int i = 0; i < steps.size(); i++) {
      long begin = Math.max(from, begin(steps, i, history));
      long end = i + 1 < steps.size() ? begin(steps, i + 1, history) : Long.MAX_VALUE;
      long room = Math.max(begin, free(history.contacts(), steps.get(i).perDay(), DAY));
      if (room < end) {
        return room;
      }
    }
    return Series.NEVER; // Without any step; the last one has no end.
  }

  /** An account of which nobody knows since when it is linked counts as new. */
  private static long begin(List<NewRecipients.Step> steps, int index, PacingHistory history) {
    if (index == 0) {
      return Series.NEVER;
    }
    return history.linkedMillis() == Series.NEVER
        ? Long.MAX_VALUE
        : history.linkedMillis() + steps.get(index).fromDay() * DAY;
  }

  private static long ceilingMillis(Instant time) {
    return time.plusNanos(TimeUnit.MILLISECONDS.toNanos(1) - 1).toEpochMilli();
  }

  /** The latest time that a limit asks for, and which one does. */
  private static final class Wait {
    private final long start;
    private long time;

    /** The latest time that a limit other than the gap asks for. */
    private long others;

    private @Nullable PacingLimit limit;
    private Scope scope = Scope.ACCOUNT;

    private Wait(long now) {
      this.start = now;
      this.time = now;
      this.others = now;
    }

    private long time() {
      return time;
    }

    /** Whether that limit ends later than those before. */
    private boolean until(long end, PacingLimit asking, Scope whom) {
      if (asking != PacingLimit.GAP) {
        others = Math.max(others, end);
      }
      boolean later = end > time;
      if (later) {
        time = end;
        limit = asking;
        scope = whom;
      }
      return later;
    }

    /** Where the gap ends last, it counts as over so much sooner; no other limit does. */
    private void gapEarlier(long millis) {
      if (limit == PacingLimit.GAP) {
        time = Math.max(others, time - millis);
        limit = time == start ? null : PacingLimit.GAP;
      }
    }

    private void untilOpen(QuietHours quiet, Scope whom) {
      if (!quiet.intervals().isEmpty()) {
        long open = quiet.openFrom(Instant.ofEpochMilli(time)).toEpochMilli();
        until(open, PacingLimit.QUIET_HOURS, whom);
      }
    }

    private Decision decision() {
      return limit == null
          ? Decision.Go.NOW
          : new Decision.NotBefore(Instant.ofEpochMilli(time), limit, scope);
    }
  }
}
