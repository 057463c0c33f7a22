package dev.switchboard.outbox.sender;

import dev.switchboard.connector.Connector;
import dev.switchboard.connector.OutboundMessage;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.journal.JournalEntry.Accepted;
import dev.switchboard.journal.JournalEntry.Failed;
import dev.switchboard.journal.JournalEntry.Sent;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.outbox.queue.AccountQueue;
import dev.switchboard.outbox.queue.OpenMessage;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt to send one message, to its outcome. */
final class Flight {
  private static final Logger LOG = LoggerFactory.getLogger(Flight.class);

  private final SenderParts parts;
  private final AccountQueue queue;
  private final OpenMessage message;
  private final Accepted accepted;
  private final BooleanSupplier stopped;
  private final Settlement settlement;
  private int attempt;

  /**
   * @param message in the sender's hands
   * @param stopped whether the connection went away: what fails then is no failure of the message
   */
  Flight(
      SenderParts parts,
      AccountQueue queue,
      OpenMessage message,
      Accepted accepted,
      BooleanSupplier stopped) {
    this.parts = parts;
    this.queue = queue;
    this.message = message;
    this.accepted = accepted;
    this.stopped = stopped;
    this.settlement = new Settlement(parts.journal(), parts.policy().troubleDelay(), parts.over());
  }

  /** Sends it, and notes what became of it. */
  void fly(Connector connector) throws InterruptedException {
    int attempts = message.attempts();
    attempt = attempts + 1;
    if (attempts >= parts.policy().attemptLimit()) {
      fail(new Failure(FailureCause.OUTCOME_UNKNOWN, attempts + " attempts"));
    } else if (message.expired(parts.clock().millis())) {
      fail(new Failure(FailureCause.EXPIRED, ""));
    } else {
      settle(send(connector));
    }
  }

  private void settle(SendOutcome outcome) throws InterruptedException {
    switch (outcome) {
      case SendOutcome.Sent sent ->
          settlement.append(new Sent(queue.account(), accepted.id(), sent.to(), sent.at()));
      case SendOutcome.Refused refused -> refused(refused.failure());
      case SendOutcome.Retry retry -> retry(retry.after(), retry.detail());
      case SendOutcome.Unknown unknown -> resend(unknown.detail());
    }
  }

  /** One bad message must not end the sender: a defect is an outcome like the others. */
  private SendOutcome send(Connector connector) throws InterruptedException {
    try {
      return connector.send(
          new OutboundMessage(
              accepted.id(), accepted.to(), accepted.content(), accepted.at(), attempt));
    } catch (GatewayException e) {
      return notWritten(e);
    } catch (RuntimeException e) {
      LOG.error("{}: sending {} met a defect", queue.account(), accepted.id(), e);
      return new SendOutcome.Unknown("a defect of the gateway");
    }
  }

  private static SendOutcome notWritten(GatewayException why) {
    return switch (why.reason()) {
      case STORAGE_UNAVAILABLE, JOURNAL_UNAVAILABLE -> throw why;
      case MESSAGE_NOT_WAITING -> new SendOutcome.Refused(new Failure(FailureCause.EXPIRED, ""));
      default -> new SendOutcome.Retry(Duration.ZERO, why.reason().name());
    };
  }

  /** What was written before may have arrived, whatever is said of this attempt. */
  private void refused(Failure failure) throws InterruptedException {
    fail(message.doubtful() ? failure.afterAttempts() : failure);
  }

  /** It did not leave this time. */
  private void retry(Duration atLeast, String detail) throws InterruptedException {
    if (stopped.getAsBoolean()) {
      comeBack();
    } else if (parts.policy().retriesExhausted(message.failures())) {
      FailureCause cause =
          message.doubtful() ? FailureCause.OUTCOME_UNKNOWN : FailureCause.RETRIES_EXHAUSTED;
      failUnlessOvertaken(new Failure(cause, detail));
    } else {
      restAtLeast(atLeast);
    }
  }

  /** It may have left. */
  private void resend(String detail) throws InterruptedException {
    queue.doubt(message);
    int failures = message.failures();
    if (stopped.getAsBoolean()) {
      comeBack(); // The next connection sends it again; the attempt was counted.
    } else if (parts.policy().attemptsExhausted(attempt, failures)) {
      failUnlessOvertaken(new Failure(FailureCause.OUTCOME_UNKNOWN, detail));
    } else {
      restAtLeast(Duration.ZERO);
    }
  }

  /** It was interrupted on its way: it comes back, and if it was written, it may have arrived. */
  void cutShort() {
    if (message.attempts() >= attempt) {
      queue.doubt(message);
    }
    comeBack();
  }

  /** It waits in its place, and no failure is counted. */
  void comeBack() {
    queue.rest(message, 0, false);
  }

  /** As {@link #comeBack}, but its chat waits a little. */
  void comeBackLater() {
    queue.rest(message, parts.clock().millis() + parts.policy().troubleDelay().toMillis(), false);
  }

  private void restAtLeast(Duration atLeast) {
    Duration planned = parts.policy().delayAfter(message.failures());
    Duration wait = planned.compareTo(atLeast) > 0 ? planned : atLeast;
    queue.rest(message, parts.clock().millis() + wait.toMillis(), true);
  }

  /** A receipt may have told meanwhile that it arrived. */
  private void failUnlessOvertaken(Failure failure) throws InterruptedException {
    if (queue.away(message)) {
      fail(failure);
    }
  }

  private void fail(Failure failure) throws InterruptedException {
    settlement.append(new Failed(queue.account(), accepted.id(), failure, parts.clock().instant()));
  }
}
