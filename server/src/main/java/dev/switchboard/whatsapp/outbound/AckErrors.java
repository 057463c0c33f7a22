package dev.switchboard.whatsapp.outbound;

import dev.switchboard.connector.SendOutcome;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.FailureCause;

/** What the error of an ack means; codes read in public sources and threads. */
final class AckErrors {
  private AckErrors() {}

  static SendOutcome outcome(int code) {
    String detail = "ack error " + code;
    return switch (code) {
      case 463 -> refused(FailureCause.REACHOUT_TIMELOCK, detail);
      case 479 -> refused(FailureCause.RECIPIENT_REFUSED, detail);
      default -> refused(FailureCause.REFUSED_BY_NETWORK, detail);
    };
  }

  private static SendOutcome refused(FailureCause cause, String detail) {
    return new SendOutcome.Refused(new Failure(cause, detail));
  }
}
