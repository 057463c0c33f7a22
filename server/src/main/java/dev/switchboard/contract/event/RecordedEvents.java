package dev.switchboard.contract.event;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.api.v1.Event;
import dev.switchboard.api.v1.Peer;
import java.util.List;
import java.util.stream.Stream;

/** Events from the log as callers get them. */
public final class RecordedEvents {
  private RecordedEvents() {}

  /**
   * The event with its place among others.
   *
   * @param cursor of what follows it
   */
  public static Event toContract(dev.switchboard.event.Event event, String cursor) {
    try {
      return Event.newBuilder()
          .mergeFrom(event.content())
          .setSequence(event.sequence())
          .setCursor(cursor)
          .build();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an event of the log cannot be read", e);
    }
  }

  /** As whom the person is known whose chat it happened in; nobody when it was in none. */
  public static List<Peer> chat(Event event) {
    return switch (event.getPayloadCase()) {
      case MESSAGE_RECEIVED -> List.of(event.getMessageReceived().getMessage().getChat());
      case MESSAGE_UNDECRYPTABLE -> List.of(event.getMessageUndecryptable().getMessage().getChat());
      case MESSAGE_RESOLVED -> List.of(event.getMessageResolved().getMessage().getChat());
      case MESSAGE_ACCEPTED -> List.of(event.getMessageAccepted().getMessage().getChat());
      case MESSAGE_STATUS_CHANGED ->
          List.of(event.getMessageStatusChanged().getMessage().getChat());
      case MESSAGE_FAILED -> List.of(event.getMessageFailed().getMessage().getChat());
      case MESSAGE_CANCELLED -> List.of(event.getMessageCancelled().getMessage().getChat());
      case MESSAGE_RESCHEDULED -> List.of(event.getMessageRescheduled().getMessage().getChat());
      case MESSAGE_REQUEUED -> List.of(event.getMessageRequeued().getMessage().getChat());
      case CONTACT_MERGED ->
          Stream.concat(
                  Stream.of(event.getContactMerged().getContact().getPeer()),
                  event.getContactMerged().getFormerList().stream())
              .toList();
      case CONTACT_IDENTITY_CHANGED ->
          List.of(event.getContactIdentityChanged().getContact().getPeer());
      case PRESENCE_CHANGED -> List.of(event.getPresenceChanged().getChat());
      case CHAT_STATE_CHANGED -> List.of(event.getChatStateChanged().getChat());
      case CONTACT_UPDATED -> List.of(event.getContactUpdated().getContact().getPeer());
      case INSTANCE_CREATED,
          INSTANCE_STATE_CHANGED,
          INSTANCE_SETTINGS_CHANGED,
          INSTANCE_PAIRED,
          INSTANCE_ACCOUNT_CHANGED,
          INSTANCE_UNLINKED,
          INSTANCE_DELETED,
          REACHOUT_LOCK_CHANGED,
          QUEUE_PAUSED,
          QUEUE_RESUMED,
          WEBHOOK_EVENTS_DROPPED,
          WEBHOOK_TEST,
          PAYLOAD_NOT_SET ->
          List.of();
    };
  }
}
