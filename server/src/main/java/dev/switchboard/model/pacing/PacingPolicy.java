package dev.switchboard.model.pacing;

import java.time.ZoneOffset;
import java.util.List;

/**
 * How fast an account may send, so that it looks like a person's and not like a machine's.
 *
 * @param gap how long to wait between two messages
 * @param budgets how many messages may go in a time
 * @param newRecipients how many people that it never wrote with it may write to in a day
 * @param quietHours when nothing is sent
 * @param typing how fast it types where a message asks for that to be shown
 */
public record PacingPolicy(
    Gap gap, Budgets budgets, NewRecipients newRecipients, QuietHours quietHours, Typing typing) {
  private static final QuietHours NEVER_QUIET = new QuietHours(ZoneOffset.UTC, List.of());

  /** What an account on WhatsApp has unless it is given another. */
  public static final PacingPolicy STANDARD =
      new PacingPolicy(
          Gap.BRISK, Budgets.STANDARD, NewRecipients.STANDARD, NEVER_QUIET, Typing.STANDARD);

  /** No limits at all: for a network that reaches nobody. */
  public static final PacingPolicy NONE =
      new PacingPolicy(
          Gap.NONE, Budgets.UNLIMITED, NewRecipients.UNLIMITED, NEVER_QUIET, Typing.STANDARD);

  /** Whether nothing but quiet hours ever holds a message back. */
  public boolean unpaced() {
    return gap.equals(Gap.NONE)
        && budgets.equals(Budgets.UNLIMITED)
        && newRecipients.equals(NewRecipients.UNLIMITED);
  }
}
