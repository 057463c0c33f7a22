package dev.switchboard.model.pacing;

import dev.switchboard.model.GatewayException;

/**
 * How many messages an account may send within any minute, any hour and any 24 hours; 0 stands for
 * no limit. Every attempt counts that the network sees.
 */
public record Budgets(int perMinute, int perHour, int perDay) {
  /** Above this a budget protects nobody: leave it out instead. */
  public static final int HIGHEST = 10_000;

  /** What guides to living with WhatsApp name most. */
  public static final Budgets STANDARD = new Budgets(20, 100, 1_000);

  public static final Budgets UNLIMITED = new Budgets(0, 0, 0);

  public Budgets {
    check("per_minute", perMinute);
    check("per_hour", perHour);
    check("per_day", perDay);
  }

  private static void check(String field, int budget) {
    if (budget < 0 || budget > HIGHEST) {
      throw GatewayException.invalidField(
          "pacing.budgets." + field, "must be 1 to " + HIGHEST + ", or 0 for no limit");
    }
  }
}
