package dev.switchboard.outbox.plan;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.pacing.NewRecipients;
import dev.switchboard.model.pacing.PacingPolicy;
import dev.switchboard.model.pacing.SendPlan;
import dev.switchboard.pacing.Familiarity;
import dev.switchboard.pacing.PacingHistory;
import dev.switchboard.pacing.Planner;
import dev.switchboard.pacing.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When one message would go. Storage is asked how well the account knows people where the answer
 * hangs on it, and nowhere else.
 */
public final class Forecast {
  /** So many others are asked about for one answer at most. */
  static final int LOOK_UPS = 200;

  /** So many of them before it is seen whether that is enough. */
  private static final int AT_A_TIME = 50;

  private final Situation situation;
  private final Recipients recipients;
  private final Waiting message;
  private final Instant now;

  /**
   * What is known of the account.
   *
   * @param lock its reach-out lock, or null
   * @param connected whether it can send
   */
  public record Situation(
      PacingPolicy policy, @Nullable ReachoutLock lock, PacingHistory history, boolean connected) {
    /** Whether it matters to whom something goes. */
    boolean strangersMatter() {
      return lock != null
          || policy.newRecipients().steps().stream().mapToInt(NewRecipients.Step::perDay).sum() > 0;
    }

    /** Whether what goes to others holds nobody up: all may go at once. */
    boolean free() {
      return lock == null && policy.unpaced() && policy.quietHours().intervals().isEmpty();
    }
  }

  public Forecast(Situation situation, Recipients recipients, Waiting message, Instant now) {
    this.situation = situation;
    this.recipients = recipients;
    this.message = message;
    this.now = now;
  }

  /**
   * The plan. The recipient is asked about in any case, for the risks; of the others, as many as
   * are looked up, and the rest counts as known.
   *
   * @throws GatewayException STORAGE_UNAVAILABLE
   */
  public SendPlan plan() {
    Familiarity recipient = recipients.own();
    if (situation.strangersMatter()) {
      var _ = recipients.askOthers(LOOK_UPS);
    }
    return plan(recipient, Familiarity.KNOWN);
  }

  /**
   * The plan of a message that would expire before it goes; empty: it is in time, or nobody can
   * tell.
   *
   * @throws GatewayException STORAGE_UNAVAILABLE where that is asked
   */
  public Optional<SendPlan> late() {
    if (!situation.strangersMatter()) {
      return lateIf(Familiarity.KNOWN, Familiarity.KNOWN);
    }
    Optional<Familiarity> known = recipients.ownUnasked();
    if (known.isEmpty()) {
      if (inTime(Familiarity.NEW, Familiarity.NEW)) {
        return Optional.empty(); // Who waits behind all others and every limit is in time.
      }
      if (!inTime(Familiarity.KNOWN, Familiarity.NEW)) {
        return Optional.of(
            plan(Familiarity.KNOWN, Familiarity.NEW)); // Who waits for least is late.
      }
    }
    return lateTo(recipients.own());
  }

  /**
   * Those of whom nobody asked are in the way the longest where they are as the recipient is, and
   * the shortest where they are not.
   */
  private Optional<SendPlan> lateTo(Familiarity recipient) {
    Familiarity same = recipient.cold() ? Familiarity.NEW : Familiarity.KNOWN;
    Familiarity other = recipient.cold() ? Familiarity.KNOWN : Familiarity.NEW;
    int left = LOOK_UPS;
    while (!inTime(recipient, same)) {
      if (!inTime(recipient, other)) {
        return Optional.of(plan(recipient, other));
      }
      int asked = recipients.askOthers(Math.min(left, AT_A_TIME));
      left -= asked;
      if (asked == 0) {
        return Optional.empty(); // Nobody can tell.
      }
    }
    return Optional.empty();
  }

  private Optional<SendPlan> lateIf(Familiarity recipient, Familiarity others) {
    return inTime(recipient, others) ? Optional.empty() : Optional.of(plan(recipient, others));
  }

  private boolean inTime(Familiarity recipient, Familiarity others) {
    return Planner.inTime(planned(recipient, others), now);
  }

  private SendPlan plan(Familiarity recipient, Familiarity others) {
    return Planner.plan(planned(recipient, others), now);
  }

  private Planner.Situation planned(Familiarity recipient, Familiarity others) {
    return new Planner.Situation(
        situation.policy(),
        situation.history(),
        situation.free() ? List.of() : recipients.othersAs(others),
        recipients.ownAs(recipient),
        message,
        situation.lock(),
        situation.connected());
  }
}
