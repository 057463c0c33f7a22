package dev.switchboard.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.model.pacing.Budgets;
import dev.switchboard.model.pacing.NewRecipients;
import dev.switchboard.model.pacing.PacingPolicy;
import dev.switchboard.model.pacing.QuietHours;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts again, from a plain list of every attempt, whether limits were kept. */
final class WhatWasSent {
  private final List<Instant> attempts = new ArrayList<>();
  private final List<Instant> contacts = new ArrayList<>();
  private final List<Instant> typings = new ArrayList<>();
  private final Instant linked;

  WhatWasSent(Instant linked) {
    this.linked = linked;
  }

  void add(Instant at, Familiarity recipient) {
    attempts.add(at);
    if (recipient == Familiarity.NEW) {
      contacts.add(at);
    }
  }

  void beganToType(Instant at) {
    typings.add(at);
  }

  /** That a text may begin to be typed: a gap after the one before, and in no quiet hour. */
  void requireTypingApart(PacingPolicy policy, Instant at) {
    if (!typings.isEmpty()) {
      assertThat(Duration.between(typings.getLast(), at))
          .isGreaterThanOrEqualTo(policy.gap().shortest());
    }
    assertThat(quiet(policy.quietHours(), at)).as("typed at %s", at).isFalse();
  }

  int size() {
    return attempts.size();
  }

  /** That one more attempt at that time breaks no limit of the policy. */
  void requireRoom(PacingPolicy policy, Familiarity recipient, Instant at) {
    assertThat(broken(policy, recipient, at)).as("at %s under %s", at, policy).isNull();
  }

  /** The limit that one more attempt at that time would surely break. */
  @Nullable String broken(PacingPolicy policy, Familiarity recipient, Instant at) {
    Budgets budgets = policy.budgets();
    if (!attempts.isEmpty()
        && Duration.between(attempts.getLast(), at).compareTo(policy.gap().shortest()) < 0) {
      return "gap";
    }
    if (full(attempts, budgets.perMinute(), Duration.ofMinutes(1), at)) {
      return "minute";
    }
    if (full(attempts, budgets.perHour(), Duration.ofHours(1), at)) {
      return "hour";
    }
    if (full(attempts, budgets.perDay(), Duration.ofDays(1), at)) {
      return "day";
    }
    if (recipient == Familiarity.NEW
        && full(contacts, perDay(policy.newRecipients(), at), Duration.ofDays(1), at)) {
      return "new recipients";
    }
    return quiet(policy.quietHours(), at) ? "quiet hours" : null;
  }

  private static boolean full(List<Instant> times, int budget, Duration within, Instant at) {
    Instant since = at.minus(within);
    long used = times.reversed().stream().takeWhile(time -> time.isAfter(since)).count();
    return budget != 0 && used >= budget;
  }

  private int perDay(NewRecipients budget, Instant at) {
    long age = Duration.between(linked, at).toDays();
    return budget.steps().stream()
        .filter(step -> step.fromDay() <= age)
        .reduce((earlier, later) -> later)
        .map(NewRecipients.Step::perDay)
        .orElse(0);
  }

  private static boolean quiet(QuietHours quiet, Instant at) {
    LocalTime shown = at.atZone(quiet.zone()).toLocalTime();
    return quiet.intervals().stream()
        .anyMatch(interval -> {
          boolean begun = !shown.isBefore(interval.from());
          boolean over = !shown.isBefore(interval.to());
          return interval.from().isBefore(interval.to()) ? begun && !over : begun || !over;
        });
  }
}
