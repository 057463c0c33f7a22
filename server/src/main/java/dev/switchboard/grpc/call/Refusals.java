package dev.switchboard.grpc.call;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.List;

/** Refusals as {@code google.rpc.Status}, always with an ErrorInfo. */
public final class Refusals {
  /** Whose reasons they are. */
  public static final String DOMAIN = "switchboard.dev";

  static final String INTERNAL = "INTERNAL";

  private Refusals() {}

  public static StatusRuntimeException of(GatewayException refusal) {
    List<Message> details = new ArrayList<>();
    details.add(info(refusal.reason().name()).putAllMetadata(refusal.details()).build());
    String text = refusal.getMessage() == null ? "" : refusal.getMessage();
    refusal.field().ifPresent(field -> details.add(badRequest(List.of(violation(field, text)))));
    refusal.retryAfter().ifPresent(after -> details.add(retry(after)));
    return status(code(refusal.reason()), text, details);
  }

  /** Every field of a request that breaks its rule. */
  static StatusRuntimeException ofFields(List<FieldViolation> violations) {
    FieldViolation first = violations.getFirst();
    return status(
        Code.INVALID_ARGUMENT,
        first.getDescription(),
        List.of(info(Reason.INVALID_FIELD.name()).build(), badRequest(violations)));
  }

  /** A fault of ours, of which the caller learns the id that is in the log. */
  static StatusRuntimeException internal(String errorId) {
    return status(
        Code.INTERNAL,
        "internal error; its id in the log is " + errorId,
        List.of(info(INTERNAL).putMetadata("error_id", errorId).build()));
  }

  static FieldViolation violation(String field, String description) {
    return FieldViolation.newBuilder().setField(field).setDescription(description).build();
  }

  /** Which code of gRPC tells a reason, as the contract documents it. */
  static Code code(Reason reason) {
    return switch (reason) {
      case INVALID_FIELD -> Code.INVALID_ARGUMENT;
      case UNAUTHENTICATED -> Code.UNAUTHENTICATED;
      case PERMISSION_DENIED -> Code.PERMISSION_DENIED;
      case TENANT_NOT_FOUND,
          API_KEY_NOT_FOUND,
          INSTANCE_NOT_FOUND,
          MESSAGE_NOT_FOUND,
          BULK_NOT_FOUND,
          CONTACT_NOT_FOUND,
          CONSUMER_NOT_FOUND,
          WEBHOOK_NOT_FOUND,
          DELIVERY_NOT_FOUND,
          RECIPIENT_NOT_ON_WHATSAPP ->
          Code.NOT_FOUND;
      case TENANT_EXISTS, INSTANCE_EXISTS, WEBHOOK_EXISTS, REQUEST_ID_REUSED -> Code.ALREADY_EXISTS;
      case INSTANCE_NOT_LINKED,
          INSTANCE_ALREADY_LINKED,
          INSTANCE_NOT_READY,
          MESSAGE_NOT_WAITING,
          MESSAGE_NOT_FAILED,
          PRESENCE_OFFLINE,
          PAIRING_UNDER_WAY,
          NETWORK_UNAVAILABLE,
          NETWORK_REFUSED,
          PROXY_REQUIRED,
          REACHOUT_TIMELOCK,
          WEBHOOK_REPLAY_RUNNING ->
          Code.FAILED_PRECONDITION;
      case CURSOR_EXPIRED -> Code.OUT_OF_RANGE;
      case CAPABILITY_UNSUPPORTED -> Code.UNIMPLEMENTED;
      case QUEUE_FULL,
          REQUEST_IDS_EXHAUSTED,
          SUBSCRIBER_TOO_SLOW,
          TOO_MANY_SUBSCRIBERS,
          TOO_MANY_CONSUMERS,
          TOO_MANY_PRESENCES,
          TOO_MANY_WEBHOOKS,
          PACING_BUDGET_EXHAUSTED ->
          Code.RESOURCE_EXHAUSTED;
      case STORAGE_UNAVAILABLE,
          JOURNAL_UNAVAILABLE,
          SHUTTING_DOWN,
          OUTCOME_UNKNOWN,
          PRIVACY_TOKEN_MISSING ->
          Code.UNAVAILABLE;
    };
  }

  private static ErrorInfo.Builder info(String reason) {
    return ErrorInfo.newBuilder().setDomain(DOMAIN).setReason(reason);
  }

  private static BadRequest badRequest(List<FieldViolation> violations) {
    return BadRequest.newBuilder().addAllFieldViolations(violations).build();
  }

  private static RetryInfo retry(java.time.Duration after) {
    Duration delay =
        Duration.newBuilder().setSeconds(after.toSeconds()).setNanos(after.toNanosPart()).build();
    return RetryInfo.newBuilder().setRetryDelay(delay).build();
  }

  private static StatusRuntimeException status(Code code, String text, List<Message> details) {
    Status.Builder status = Status.newBuilder().setCode(code.getNumber()).setMessage(text);
    details.forEach(detail -> status.addDetails(Any.pack(detail)));
    return StatusProto.toStatusRuntimeException(status.build());
  }
}
