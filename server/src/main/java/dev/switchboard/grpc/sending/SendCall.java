package dev.switchboard.grpc.sending;

import dev.switchboard.api.v1.SendMessageRequest;
import dev.switchboard.api.v1.SendMessageResponse;
import dev.switchboard.contract.MessageMapper;
import dev.switchboard.contract.PeerMapper;
import dev.switchboard.contract.SendMapper;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.model.message.Request;
import dev.switchboard.outbox.Order;
import dev.switchboard.outbox.Outbox;
import io.grpc.Context;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends one message, or says when it would go. */
public final class SendCall {
  /** How long a call waits at most for its message to get further. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  /** What is left of a call's deadline for its answer to get back. */
  private static final Duration MARGIN = Duration.ofMillis(250);

  private final Outbox outbox;

  public SendCall(Outbox outbox) {
    this.outbox = outbox;
  }

  /** Does what the request asks for. */
  public SendMessageResponse send(Instance instance, SendMessageRequest request)
      throws InterruptedException {
    Order order =
        new Order(
            PeerMapper.toModel(request.getTo(), "to"),
            MessageMapper.content(request),
            SendMapper.options(request, instance),
            asked(request));
    var answer = SendMessageResponse.newBuilder();
    if (request.getValidateOnly()) {
      return answer.setPlan(SendMapper.toContract(outbox.plan(instance, order))).build();
    }
    MessageStatus wanted = SendMapper.toModel(request.getWaitFor());
    return answer.setMessage(MessageMapper.toContract(sent(instance, order, wanted))).build();
  }

  private Message sent(Instance instance, Order order, MessageStatus wanted)
      throws InterruptedException {
    if (wanted == MessageStatus.ACCEPTED) {
      return outbox.accept(instance, order);
    }
    Message message = outbox.acceptAndWait(instance, order, wanted, patience());
    Failure failure = message.failure();
    if (failure != null) {
      refuse(message, failure);
    }
    return message;
  }

  private static Duration patience() {
    Deadline deadline = Context.current().getDeadline();
    if (deadline == null) {
      return LONGEST_WAIT;
    }
    Duration left = Duration.ofMillis(deadline.timeRemaining(TimeUnit.MILLISECONDS)).minus(MARGIN);
    return left.compareTo(LONGEST_WAIT) < 0 ? left : LONGEST_WAIT;
  }

  /** What only the network knew is an error of the call, for a caller that waited for it. */
  private static void refuse(Message message, Failure failure) {
    Reason reason =
        switch (failure.cause()) {
          case RECIPIENT_NOT_ON_WHATSAPP -> Reason.RECIPIENT_NOT_ON_WHATSAPP;
          case REACHOUT_TIMELOCK -> Reason.REACHOUT_TIMELOCK;
          case PRIVACY_TOKEN_MISSING -> Reason.PRIVACY_TOKEN_MISSING;
          case RECIPIENT_REFUSED,
              REFUSED_BY_NETWORK,
              OUTCOME_UNKNOWN,
              KEY_NOT_TRUSTED,
              LOGGED_OUT,
              RETRIES_EXHAUSTED,
              EXPIRED ->
              null;
        };
    if (reason != null) {
      throw GatewayException.detailed(reason, text(reason), null, details(message, failure));
    }
  }

  private static String text(Reason reason) {
    return switch (reason) {
      case RECIPIENT_NOT_ON_WHATSAPP -> "the recipient has no WhatsApp account";
      case REACHOUT_TIMELOCK -> "the account may not write to new people for now";
      default -> "the recipient takes messages from strangers only with a token";
    };
  }

  private static Map<String, String> details(Message message, Failure failure) {
    Map<String, String> details = new HashMap<>();
    details.put("message_id", message.id().value());
    if (failure.until() != null) {
      details.put("end_time", failure.until().toString());
    }
    return details;
  }

  /** A caller that gives no id of its own cannot repeat itself. */
  private static @Nullable Request asked(SendMessageRequest request) {
    String id = request.getRequestId();
    byte[] body = request.toBuilder().clearRequestId().build().toByteArray();
    return id.isEmpty() ? null : new Request(id, Digests.sha256(body));
  }
}
