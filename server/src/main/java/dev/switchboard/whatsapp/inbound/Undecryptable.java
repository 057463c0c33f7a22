package dev.switchboard.whatsapp.inbound;

import dev.switchboard.connector.RecordChange;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.UndecryptableReason;
import dev.switchboard.whatsapp.retry.RetryRequests;
import dev.switchboard.whatsapp.signal.SignalException;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that could not be decrypted. Each is stored and told at once, without waiting for a
 * better copy: what is acknowledged must be in the history, whatever happens next. Then it is asked
 * for again, up to a limit.
 */
public final class Undecryptable {
  private static final Logger log = LoggerFactory.getLogger(Undecryptable.class);

  private final InboundMessages messages;
  private final RetryRequests retries;
  private final DeliveryReceipts receipts;

  public Undecryptable(InboundMessages messages, RetryRequests retries, DeliveryReceipts receipts) {
    this.messages = messages;
    this.retries = retries;
    this.receipts = receipts;
  }

  void failed(InboundStanza stanza, RuntimeException failure) throws InterruptedException {
    request(stanza, reason(failure));
    receipts.acknowledge(stanza);
  }

  /** Asks once more for what never came: the request, or its answer, may have got lost. */
  void askAgain(Instant now) throws InterruptedException {
    for (RetryRequests.Unanswered unanswered : retries.unanswered()) {
      request(InboundStanza.read(unanswered.message(), now), unanswered.reason());
    }
  }

  private void request(InboundStanza stanza, UndecryptableReason reason)
      throws InterruptedException {
    RetryRequests.Next next = retries.next(stanza.sender(), stanza.node(), reason);
    log.warn("a message could not be decrypted ({}), request {}", reason, next.requests());
    messages.storeUndecryptable(
        stanza, new MessageContent.Undecryptable(reason, next.requests()), next.changes());
    if (next.asks()) {
      retries.ask(stanza.node(), next.requests(), reason);
    }
  }

  /**
   * Takes note that a copy that was asked for can be read.
   *
   * @param changes gets what becomes durable together with it
   * @return whether it was asked for
   */
  boolean resolves(InboundStanza stanza, List<RecordChange> changes) {
    boolean asked = retries.asked(stanza.sender(), stanza.id());
    if (asked) {
      changes.add(retries.settled(stanza.sender(), stanza.id()));
    }
    return asked;
  }

  private static UndecryptableReason reason(RuntimeException failure) {
    return failure instanceof SignalException signal
        ? reason(signal.reason())
        : UndecryptableReason.MALFORMED;
  }

  private static UndecryptableReason reason(SignalException.Reason reason) {
    return switch (reason) {
      case NO_SESSION -> UndecryptableReason.NO_SESSION;
      case UNTRUSTED_IDENTITY -> UndecryptableReason.UNTRUSTED_IDENTITY;
      case BAD_MAC -> UndecryptableReason.BAD_MAC;
      case TOO_FAR_AHEAD -> UndecryptableReason.TOO_FAR_AHEAD;
      case TOO_LATE, DUPLICATE -> UndecryptableReason.TOO_OLD;
      case UNKNOWN_PREKEY, UNKNOWN_SIGNED_PREKEY -> UndecryptableReason.UNKNOWN_PREKEY;
      case MALFORMED, BAD_SIGNATURE -> UndecryptableReason.MALFORMED;
      case DAMAGED_RECORD -> UndecryptableReason.DAMAGED_SESSION;
      case UNPROVEN_DEVICE -> UndecryptableReason.UNPROVEN_DEVICE;
    };
  }
}
