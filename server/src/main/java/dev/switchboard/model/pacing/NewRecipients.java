package dev.switchboard.model.pacing;

import dev.switchboard.model.GatewayException;
import java.util.List;

/**
 * How many people that it never wrote with an account may write to within any 24 hours, by how long
 * it is linked.
 *
 * @param steps in order of age, the first from day 0 on; none: no limit
 */
public record NewRecipients(List<Step> steps) {
  private static final int MOST_STEPS = 16;
  private static final int LAST_DAY = 3_650;
  private static final String FIELD = "pacing.new_recipients";

  public static final NewRecipients UNLIMITED = new NewRecipients(List.of());

  /** Careful for the first days, when most bans come. */
  public static final NewRecipients STANDARD =
      new NewRecipients(
          List.of(new Step(0, 5), new Step(3, 15), new Step(7, 50), new Step(30, 200)));

  /**
   * From an age on.
   *
   * @param fromDay full days since the account was linked
   * @param perDay 1 to 10,000, or 0 for no limit
   */
  public record Step(int fromDay, int perDay) {}

  public NewRecipients {
    steps = List.copyOf(steps);
    if (steps.size() > MOST_STEPS) {
      throw GatewayException.invalidField(FIELD, "must have at most " + MOST_STEPS + " steps");
    }
    for (int i = 0; i < steps.size(); i++) {
      check(i, steps.get(i), i == 0 ? -1 : steps.get(i - 1).fromDay());
    }
  }

  private static void check(int index, Step step, int before) {
    String field = FIELD + "[" + index + "]";
    if (index == 0 ? step.fromDay() != 0 : step.fromDay() <= before || step.fromDay() > LAST_DAY) {
      throw GatewayException.invalidField(
          field + ".from_day", "must be 0 for the first, then ascend to " + LAST_DAY + " at most");
    }
    if (step.perDay() < 0 || step.perDay() > Budgets.HIGHEST) {
      throw GatewayException.invalidField(
          field + ".per_day", "must be 1 to " + Budgets.HIGHEST + ", or absent for no limit");
    }
  }
}
