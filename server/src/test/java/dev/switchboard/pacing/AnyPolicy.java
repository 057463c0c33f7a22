package dev.switchboard.pacing;

import dev.switchboard.model.pacing.Budgets;
import dev.switchboard.model.pacing.Gap;
import dev.switchboard.model.pacing.NewRecipients;
import dev.switchboard.model.pacing.NewRecipients.Step;
import dev.switchboard.model.pacing.PacingPolicy;
import dev.switchboard.model.pacing.QuietHours;
import dev.switchboard.model.pacing.Typing;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Policies of every kind, small enough that their limits are met within a few hundred messages. */
public final class AnyPolicy {
  private static final List<String> ZONES =
      List.of("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata");

  private final RandomGenerator random;

  public AnyPolicy(RandomGenerator random) {
    this.random = random;
  }

  public PacingPolicy next() {
    return new PacingPolicy(gap(), budgets(), newRecipients(), quietHours(), Typing.STANDARD);
  }

  Gap gap() {
    if (random.nextInt(4) == 0) {
      return Gap.NONE;
    }
    long minimum = random.nextLong(90_000_000_000L);
    return new Gap(
        Duration.ofNanos(minimum),
        Duration.ofNanos(minimum + random.nextLong(60_000_000_000L)),
        Duration.ofNanos(random.nextLong(minimum + 1)));
  }

  Budgets budgets() {
    return new Budgets(budget(6), budget(40), budget(120));
  }

  private int budget(int most) {
    return random.nextInt(3) == 0 ? 0 : random.nextInt(1, most);
  }

  private NewRecipients newRecipients() {
    List<Step> steps = new ArrayList<>();
    int day = 0;
    for (int i = random.nextInt(4); i > 0; i--) {
      steps.add(new Step(day, budget(20)));
      day += random.nextInt(1, 5);
    }
    return new NewRecipients(steps);
  }

  private QuietHours quietHours() {
    List<QuietHours.Interval> intervals = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      LocalTime from = LocalTime.of(random.nextInt(24), random.nextInt(60));
      intervals.add(new QuietHours.Interval(from, from.plusMinutes(random.nextInt(1, 600))));
    }
    return new QuietHours(ZoneId.of(ZONES.get(random.nextInt(ZONES.size()))), intervals);
  }
}
