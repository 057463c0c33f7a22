package dev.switchboard.contract.event;

import dev.switchboard.api.v1.MessageAccepted;
import dev.switchboard.api.v1.MessageCancelled;
import dev.switchboard.api.v1.MessageFailed;
import dev.switchboard.api.v1.MessageReceived;
import dev.switchboard.api.v1.MessageRequeued;
import dev.switchboard.api.v1.MessageRescheduled;
import dev.switchboard.api.v1.MessageResolved;
import dev.switchboard.api.v1.MessageStatusChanged;
import dev.switchboard.api.v1.MessageUndecryptable;
import dev.switchboard.api.v1.RecipientStatus;
import dev.switchboard.contract.MessageMapper;
import dev.switchboard.contract.PeerMapper;
import dev.switchboard.contract.SendMapper;
import dev.switchboard.contract.Times;
import dev.switchboard.model.event.EventPayload;
import dev.switchboard.model.message.SendOptions;

/** What happens to messages. */
final class MessageEvents {
  private MessageEvents() {}

  static MessageReceived received(EventPayload.MessageReceived event) {
    return MessageReceived.newBuilder()
        .setMessage(MessageMapper.toContract(event.message()))
        .build();
  }

  static MessageUndecryptable undecryptable(EventPayload.MessageUndecryptable event) {
    return MessageUndecryptable.newBuilder()
        .setMessage(MessageMapper.toContract(event.message()))
        .build();
  }

  static MessageResolved resolved(EventPayload.MessageResolved event) {
    return MessageResolved.newBuilder()
        .setMessage(MessageMapper.toContract(event.message()))
        .build();
  }

  static MessageAccepted accepted(EventPayload.MessageAccepted event) {
    SendOptions options = event.options();
    var accepted =
        MessageAccepted.newBuilder()
            .setMessage(MessageMapper.toContract(event.message()))
            .setPriority(SendMapper.toContract(options.priority()));
    if (options.notBefore() != null) {
      accepted.setNotBefore(Times.toContract(options.notBefore()));
    }
    if (options.expiresAt() != null) {
      accepted.setExpireTime(Times.toContract(options.expiresAt()));
    }
    if (options.bulk() != null) {
      accepted.setBulkId(options.bulk());
    }
    return accepted.build();
  }

  static MessageStatusChanged statusChanged(EventPayload.MessageStatusChanged event) {
    var changed =
        MessageStatusChanged.newBuilder()
            .setMessage(MessageMapper.toContract(event.message()))
            .setPreviousStatus(MessageMapper.toContract(event.previous()));
    if (event.told() != null) {
      changed.setRecipient(recipient(event.told()));
    }
    return changed.build();
  }

  private static RecipientStatus recipient(EventPayload.MessageStatusChanged.Told told) {
    return RecipientStatus.newBuilder()
        .setRecipient(PeerMapper.toContract(told.recipient()))
        .setStatus(MessageMapper.toContract(told.status()))
        .setTime(Times.toContract(told.at()))
        .build();
  }

  static MessageFailed failed(EventPayload.MessageFailed event) {
    return MessageFailed.newBuilder().setMessage(MessageMapper.toContract(event.message())).build();
  }

  static MessageCancelled cancelled(EventPayload.MessageCancelled event) {
    return MessageCancelled.newBuilder()
        .setMessage(MessageMapper.toContract(event.message()))
        .build();
  }

  static MessageRescheduled rescheduled(EventPayload.MessageRescheduled event) {
    var rescheduled =
        MessageRescheduled.newBuilder().setMessage(MessageMapper.toContract(event.message()));
    if (event.notBefore() != null) {
      rescheduled.setNotBefore(Times.toContract(event.notBefore()));
    }
    return rescheduled.build();
  }

  static MessageRequeued requeued(EventPayload.MessageRequeued event) {
    return MessageRequeued.newBuilder()
        .setMessage(MessageMapper.toContract(event.message()))
        .setRequeueCount(event.requeues())
        .build();
  }
}
