package dev.switchboard.contract;

import com.google.protobuf.ByteString;
import dev.switchboard.api.v1.BulkItem;
import dev.switchboard.api.v1.MessageDirection;
import dev.switchboard.api.v1.MessageFailure;
import dev.switchboard.api.v1.SendMessageRequest;
import dev.switchboard.api.v1.TextContent;
import dev.switchboard.api.v1.UndecryptableContent;
import dev.switchboard.api.v1.UnsupportedContent;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.message.Direction;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.model.message.UndecryptableReason;
import org.jspecify.annotations.Nullable;

/** Messages, how far they have come and why they failed. */
public final class MessageMapper {
  private MessageMapper() {}

  public static dev.switchboard.api.v1.Message toContract(Message message) {
    var contract =
        dev.switchboard.api.v1.Message.newBuilder()
            .setInstanceId(message.account().instance().value())
            .setMessageId(message.id().value())
            .setDirection(toContract(message.direction()))
            .setChat(PeerMapper.toContract(message.chat()))
            .setStatus(toContract(message.status()))
            .setOccurTime(Times.toContract(message.occurredAt()))
            .setRecordTime(Times.toContract(message.recordedAt()));
    switch (message.content()) {
      case MessageContent.Text text ->
          contract.setText(TextContent.newBuilder().setText(text.body()));
      case MessageContent.Unsupported unsupported ->
          contract.setUnsupported(
              UnsupportedContent.newBuilder()
                  .setKind(unsupported.kind())
                  .setRaw(ByteString.copyFrom(unsupported.raw())));
      case MessageContent.Undecryptable undecryptable ->
          contract.setUndecryptable(
              UndecryptableContent.newBuilder()
                  .setReason(toContract(undecryptable.reason()))
                  .setRequests(undecryptable.requests()));
    }
    if (message.sentAt() != null) {
      contract.setSentTime(Times.toContract(message.sentAt()));
    }
    if (message.deliveredAt() != null) {
      contract.setDeliveredTime(Times.toContract(message.deliveredAt()));
    }
    if (message.readAt() != null) {
      contract.setReadTime(Times.toContract(message.readAt()));
    }
    if (message.failure() != null) {
      contract.setFailure(toContract(message.failure()));
    }
    return contract.build();
  }

  /** What a request asks to send. */
  public static MessageContent content(SendMessageRequest request) {
    return switch (request.getContentCase()) {
      case TEXT -> MessageContent.Text.outbound(request.getText().getText());
      case CONTENT_NOT_SET -> throw GatewayException.invalidField("content", "must be set");
    };
  }

  /** What a message of a bulk says. */
  public static MessageContent content(BulkItem item) {
    return switch (item.getContentCase()) {
      case TEXT -> MessageContent.Text.outbound(item.getText().getText());
      case CONTENT_NOT_SET -> throw GatewayException.invalidField("content", "must be set");
    };
  }

  /** The direction asked for, or null for both. */
  public static @Nullable Direction toModel(MessageDirection direction) {
    return direction == MessageDirection.MESSAGE_DIRECTION_UNSPECIFIED
        ? null
        : ContractNames.toModel(Direction.class, "MESSAGE_DIRECTION_", direction, "direction");
  }

  /** The status asked for, or null for all. */
  public static @Nullable MessageStatus toModel(dev.switchboard.api.v1.MessageStatus status) {
    return status == dev.switchboard.api.v1.MessageStatus.MESSAGE_STATUS_UNSPECIFIED
        ? null
        : ContractNames.toModel(MessageStatus.class, "MESSAGE_STATUS_", status, "status");
  }

  static MessageDirection toContract(Direction direction) {
    return ContractNames.toContract(MessageDirection.class, "MESSAGE_DIRECTION_", direction);
  }

  /** How far a message is. */
  public static dev.switchboard.api.v1.MessageStatus toContract(MessageStatus status) {
    return ContractNames.toContract(
        dev.switchboard.api.v1.MessageStatus.class, "MESSAGE_STATUS_", status);
  }

  static MessageFailure.Cause toContract(FailureCause cause) {
    return ContractNames.toContract(MessageFailure.Cause.class, "CAUSE_", cause);
  }

  static UndecryptableContent.Reason toContract(UndecryptableReason reason) {
    return ContractNames.toContract(UndecryptableContent.Reason.class, "REASON_", reason);
  }

  private static MessageFailure toContract(Failure failure) {
    var contract =
        MessageFailure.newBuilder()
            .setCause(toContract(failure.cause()))
            .setDetail(failure.detail());
    if (failure.until() != null) {
      contract.setEndTime(Times.toContract(failure.until()));
    }
    return contract.build();
  }
}
