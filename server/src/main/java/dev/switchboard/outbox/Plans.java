package dev.switchboard.outbox;

import dev.switchboard.journal.Journal;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.message.SendOptions;
import dev.switchboard.model.pacing.PacingLimit;
import dev.switchboard.model.pacing.SendPlan;
import dev.switchboard.model.pacing.SendRisk;
import dev.switchboard.outbox.plan.Forecast;
import dev.switchboard.outbox.plan.Recipients;
import dev.switchboard.outbox.queue.AccountQueue;
import dev.switchboard.outbox.queue.Ledger;
import dev.switchboard.outbox.sender.SendRules;
import dev.switchboard.outbox.sender.Senders;
import dev.switchboard.pacing.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** When messages would go, behind what waits before them. */
public final class Plans {
  /** How far ahead a message may be scheduled. */
  private static final Duration FARTHEST = Duration.ofDays(366);

  private final Journal journal;
  private final Ledger ledger;
  private final Senders senders;
  private final SendRules rules;

  public Plans(Journal journal, Ledger ledger, Senders senders, SendRules rules) {
    this.journal = journal;
    this.ledger = ledger;
    this.senders = senders;
    this.rules = rules;
  }

  /**
   * When the message would go if it were accepted now. Asks storage of people.
   *
   * @throws GatewayException STORAGE_UNAVAILABLE
   */
  SendPlan plan(AccountKey account, Order order, SendOptions options, Instant now) {
    AccountQueue queue = ledger.of(account);
    SendPlan plan = forecast(queue, order, options, now).plan();
    return queue.paused() ? paused(plan) : plan;
  }

  /**
   * Refuses a message that would expire before it may go; one without an expiry waits however long.
   * Storage is asked of people only where the answer hangs on who is a stranger to the account;
   * where it is away nobody can tell, and the message is let in.
   *
   * @throws GatewayException PACING_BUDGET_EXHAUSTED, REACHOUT_TIMELOCK
   */
  void requireInTime(AccountKey account, Order order, SendOptions options, Instant now) {
    if (options.expiresAt() == null) {
      return;
    }
    Optional<SendPlan> late;
    try {
      late = forecast(ledger.of(account), order, options, now).late();
    } catch (GatewayException e) {
      return;
    }
    if (late.isPresent()) {
      throw tooLate(late.get(), rules.lock(account), now);
    }
  }

  /** Only of a request that is new: the repeat of one that was in time is answered as it was. */
  static SendOptions timely(SendOptions options, Instant now) {
    Instant notBefore = options.notBefore();
    Instant expiresAt = options.expiresAt();
    if (expiresAt != null && !expiresAt.isAfter(now)) {
      throw GatewayException.invalidField("expire_time", "must be in the future");
    }
    if (notBefore == null || notBefore.isAfter(now)) {
      requireSoon(notBefore, now);
      return options;
    }
    return options.withNotBefore(null);
  }

  /**
   * Refuses a time that is too far ahead.
   *
   * @throws GatewayException INVALID_FIELD
   */
  public static void requireSoon(@Nullable Instant notBefore, Instant now) {
    if (notBefore != null && notBefore.isAfter(now.plus(FARTHEST))) {
      throw GatewayException.invalidField(
          "not_before", "must be at most " + FARTHEST.toDays() + " days ahead");
    }
  }

  private static GatewayException tooLate(SendPlan plan, @Nullable ReachoutLock lock, Instant now) {
    Instant time = plan.time();
    if (plan.limit() == PacingLimit.REACHOUT_LOCK || time == null) {
      Instant end = lock == null ? null : lock.until();
      return GatewayException.detailed(
          Reason.REACHOUT_TIMELOCK,
          "the account may not write to new people before the message expires",
          null,
          end == null ? Map.of() : Map.of("end_time", end.toString()));
    }
    return GatewayException.detailed(
        Reason.PACING_BUDGET_EXHAUSTED,
        "pacing would send the message only after it expires",
        Duration.between(now, time),
        Map.of("limit", String.valueOf(plan.limit()), "planned_time", time.toString()));
  }

  private Forecast forecast(AccountQueue queue, Order order, SendOptions options, Instant now) {
    AccountKey account = queue.account();
    return new Forecast(
        new Forecast.Situation(
            rules.pacing(account),
            rules.lock(account),
            queue.pacing(now),
            senders.connected(account)),
        new Recipients(queue, order.to(), journal, rules),
        Waiting.last(
            options.priority(),
            options.notBefore(),
            options.expiresAt(),
            options.toBeTyped(order.content())),
        now);
  }

  private static SendPlan paused(SendPlan plan) {
    Set<SendRisk> risks = EnumSet.of(SendRisk.QUEUE_PAUSED);
    risks.addAll(plan.risks());
    return new SendPlan(plan.time(), plan.earliest(), plan.latest(), plan.limit(), risks);
  }
}
