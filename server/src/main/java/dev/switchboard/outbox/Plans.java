package dev.switchboard.outbox;

import dev.switchboard.journal.Journal;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.JournalEntry.Accepted;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.Reason;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.message.SendOptions;
import dev.switchboard.model.pacing.PacingLimit;
import dev.switchboard.model.pacing.PacingPolicy;
import dev.switchboard.model.pacing.SendPlan;
import dev.switchboard.model.pacing.SendRisk;
import dev.switchboard.outbox.queue.AccountQueue;
import dev.switchboard.outbox.queue.Ledger;
import dev.switchboard.outbox.queue.OpenMessage;
import dev.switchboard.outbox.queue.QueueView;
import dev.switchboard.outbox.sender.SendRules;
import dev.switchboard.outbox.sender.Senders;
import dev.switchboard.pacing.Candidate;
import dev.switchboard.pacing.Familiarity;
import dev.switchboard.pacing.Keystrokes;
import dev.switchboard.pacing.Planner;
import dev.switchboard.pacing.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** When messages would go, behind what waits before them. */
public final class Plans {
  /** How many of those before are looked up for a plan; the others count as known people. */
  static final int LOOK_UPS = 200;

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
   * When the message would go if it were accepted now.
   *
   * @throws GatewayException STORAGE_UNAVAILABLE
   */
  SendPlan plan(AccountKey account, Order order, SendOptions options, Instant now) {
    AccountQueue queue = ledger.of(account);
    SendPlan plan = Planner.plan(situation(queue, order, options, now), now);
    return queue.paused() ? paused(plan) : plan;
  }

  /**
   * Refuses a message that would expire before it may go; one without an expiry waits however long.
   * Where storage is away nobody can tell, and it is let in.
   *
   * @throws GatewayException PACING_BUDGET_EXHAUSTED, REACHOUT_TIMELOCK
   */
  void requireInTime(AccountKey account, Order order, SendOptions options, Instant now) {
    if (options.expiresAt() == null) {
      return;
    }
    SendPlan plan;
    try {
      plan = Planner.plan(situation(ledger.of(account), order, options, now), now);
    } catch (GatewayException e) {
      return;
    }
    if (plan.limit() != null && plan.risks().contains(SendRisk.EXPIRES_BEFORE)) {
      throw tooLate(plan, rules.lock(account), now);
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

  private Planner.Situation situation(
      AccountQueue queue, Order order, SendOptions options, Instant now) {
    AccountKey account = queue.account();
    PacingPolicy policy = rules.pacing(account);
    ReachoutLock lock = rules.lock(account);
    Instant notBefore = options.notBefore();
    long from = (notBefore == null ? now : notBefore).toEpochMilli();
    boolean strangersMatter = lock != null || !policy.newRecipients().steps().isEmpty();
    List<QueueView.Earlier> before = QueueView.before(queue, options.priority(), from);
    Keystrokes typing =
        policy
            .typing()
            .before(
                options.toBeTyped(order.content()), Instant.ofEpochMilli(from), options.expiresAt())
            .map(length -> new Keystrokes(length, null))
            .orElse(null);
    return new Planner.Situation(
        policy,
        queue.pacing(now),
        new Waiting(before.size(), cold(account, before, strangersMatter), typed(before, policy)),
        new Candidate(rules.familiarity(account, order.to()), notBefore, typing),
        lock,
        senders.connected(account),
        options.expiresAt());
  }

  private static Map<Integer, Duration> typed(List<QueueView.Earlier> before, PacingPolicy policy) {
    Map<Integer, Duration> typed = new HashMap<>();
    for (int index = 0; index < before.size(); index++) {
      Duration length = policy.typing().before(before.get(index).message().toBeTyped());
      if (!length.isZero()) {
        typed.put(index, length);
      }
    }
    return typed;
  }

  private BitSet cold(AccountKey account, List<QueueView.Earlier> before, boolean strangersMatter) {
    BitSet cold = new BitSet();
    int left = strangersMatter ? LOOK_UPS : 0;
    for (int index = 0; index < before.size(); index++) {
      QueueView.Earlier one = before.get(index);
      Familiarity familiarity = one.familiarity();
      if (one.opens() && familiarity == null && left > 0) {
        familiarity = lookUp(account, one.message());
        left--;
      }
      cold.set(index, one.opens() && familiarity != null && familiarity.cold());
    }
    return cold;
  }

  private Familiarity lookUp(AccountKey account, OpenMessage message) {
    return journal
        .read(message.position())
        .map(Plans::recipient)
        .map(to -> rules.familiarity(account, to))
        .orElse(Familiarity.KNOWN);
  }

  private static Peer recipient(JournalEntry entry) {
    Accepted accepted =
        entry instanceof JournalEntry.Carried carried ? carried.accepted() : (Accepted) entry;
    return accepted.to();
  }

  private static SendPlan paused(SendPlan plan) {
    Set<SendRisk> risks = EnumSet.of(SendRisk.QUEUE_PAUSED);
    risks.addAll(plan.risks());
    return new SendPlan(plan.time(), plan.earliest(), plan.latest(), plan.limit(), risks);
  }
}
