package dev.switchboard.grpc.event;

import dev.switchboard.api.v1.Event;
import dev.switchboard.api.v1.EventGap;
import dev.switchboard.api.v1.Message;
import dev.switchboard.api.v1.MessageReceived;
import dev.switchboard.api.v1.MessageStatusChanged;
import dev.switchboard.api.v1.StreamMessagesResponse;
import dev.switchboard.api.v1.Subscribed;
import dev.switchboard.grpc.call.EventStream;
import dev.switchboard.model.event.EventKind;
import java.util.Set;

/** Messages that come in, and how far sent ones got. */
public final class MessageView implements EventView<StreamMessagesResponse> {
  private static final Set<EventKind> KINDS =
      Set.of(
          EventKind.MESSAGE_RECEIVED,
          EventKind.MESSAGE_UNDECRYPTABLE,
          EventKind.MESSAGE_RESOLVED,
          EventKind.MESSAGE_STATUS_CHANGED,
          EventKind.MESSAGE_FAILED,
          EventKind.MESSAGE_CANCELLED);

  @Override
  public Set<EventKind> kinds() {
    return KINDS;
  }

  @Override
  public void begin(EventStream<StreamMessagesResponse> stream, String cursor, boolean resumed)
      throws InterruptedException {
    stream.write(
        StreamMessagesResponse.newBuilder()
            .setSubscribed(Subscribed.getDefaultInstance())
            .setCursor(cursor)
            .build());
  }

  @Override
  public StreamMessagesResponse told(Event event) {
    var told = StreamMessagesResponse.newBuilder().setCursor(event.getCursor());
    switch (event.getPayloadCase()) {
      case MESSAGE_RECEIVED -> told.setReceived(event.getMessageReceived());
      case MESSAGE_UNDECRYPTABLE ->
          told.setReceived(
              MessageReceived.newBuilder()
                  .setMessage(event.getMessageUndecryptable().getMessage()));
      case MESSAGE_RESOLVED -> told.setResolved(event.getMessageResolved());
      case MESSAGE_STATUS_CHANGED -> told.setStatusChanged(event.getMessageStatusChanged());
      case MESSAGE_FAILED -> told.setStatusChanged(changed(event.getMessageFailed().getMessage()));
      case MESSAGE_CANCELLED ->
          told.setStatusChanged(changed(event.getMessageCancelled().getMessage()));
      default -> throw new IllegalArgumentException("no event of messages: " + event.getKind());
    }
    return told.build();
  }

  @Override
  public void gap(EventStream<StreamMessagesResponse> stream, String cursor)
      throws InterruptedException {
    stream.write(
        StreamMessagesResponse.newBuilder()
            .setGap(EventGap.newBuilder().setCursor(cursor))
            .setCursor(cursor)
            .build());
  }

  private static MessageStatusChanged changed(Message message) {
    return MessageStatusChanged.newBuilder().setMessage(message).build();
  }
}
