package dev.switchboard.whatsapp.outbound;

import dev.switchboard.connector.OutboundMessage;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.model.GatewayException;
import dev.switchboard.whatsapp.link.Order;
import dev.switchboard.whatsapp.session.RequestRefused;
import dev.switchboard.whatsapp.signal.SignalException;
import dev.switchboard.whatsapp.typing.Composing;
import dev.switchboard.whatsapp.wire.WireException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A message on its way to the session's thread, and its outcome on the way back. */
public final class SendOrder implements Order {
  private static final Logger log = LoggerFactory.getLogger(SendOrder.class);

  private final OutboundMessage message;
  private final Sending sending;
  private final Composing composing;
  private final Duration retryAfter;
  private final CompletableFuture<SendOutcome> result = new CompletableFuture<>();

  public SendOrder(
      OutboundMessage message, Sending sending, Composing composing, Duration retryAfter) {
    this.message = message;
    this.sending = sending;
    this.composing = composing;
    this.retryAfter = retryAfter;
  }

  /**
   * Completed exactly once, whatever becomes of the session; with a GatewayException when nothing
   * was written because the gateway did not let it: the message is finished or expired, or disk or
   * database are away.
   */
  public CompletableFuture<SendOutcome> result() {
    return result;
  }

  @Override
  public void carryOut() throws InterruptedException {
    boolean done = false;
    try {
      sending.send(message, result);
      done = true;
      composing.over(message.to());
    } catch (GatewayException e) {
      tell(e);
      result.completeExceptionally(e);
      done = true;
    } catch (RequestRefused | WireException | SignalException e) {
      // Nothing was written, or the result is there already. It was about this message or its
      // recipient; the connection is as good as before.
      log.info("a message could not be sent for now: {}", e.getMessage());
      result.complete(new SendOutcome.Retry(retryAfter, String.valueOf(e.getMessage())));
      done = true;
    } finally {
      if (!done) {
        abandon();
      }
    }
  }

  /**
   * A message that was written before a restart is often finished by a receipt that waited for us,
   * before its turn to be written again comes: that is no trouble.
   */
  private static void tell(GatewayException why) {
    switch (why.reason()) {
      case MESSAGE_NOT_FOUND -> log.debug("a message was finished before it was written again");
      case MESSAGE_NOT_WAITING -> log.info("a message is not sent: {}", why.getMessage());
      default -> log.info("a message could not be sent for now: {}", why.getMessage());
    }
  }

  @Override
  public void abandon() {
    result.complete(new SendOutcome.Retry(retryAfter, "the connection ended before it was sent"));
  }
}
