package dev.switchboard.whatsapp.outbound;

import dev.switchboard.model.message.MessageContent;
import dev.switchboard.whatsapp.proto.Message;
import dev.switchboard.whatsapp.wire.Jid;
import java.util.List;
import java.util.Optional;

/** Messages as the wire has them. */
public final class Bodies {
  private Bodies() {}

  /** The wire's form of what can be sent; empty for what cannot. */
  public static Optional<Message> of(MessageContent content) {
    return switch (content) {
      case MessageContent.Text text ->
          Optional.of(Message.newBuilder().setConversation(text.body()).build());
      case MessageContent.Unsupported _, MessageContent.Undecryptable _ -> Optional.empty();
    };
  }

  /** Puts the message in for each of the devices that can read it. */
  static void enclose(
      Envelope envelope, Message body, Jid chat, Audience audience, List<Jid> ready) {
    envelope.add(both(audience.own(), ready), forOwnDevices(body, chat));
    envelope.add(both(audience.others(), ready), body);
  }

  private static List<Jid> both(List<Jid> wanted, List<Jid> ready) {
    return wanted.stream().filter(ready::contains).toList();
  }

  /** What the own other devices get, so that they show it as sent. */
  public static Message forOwnDevices(Message message, Jid chat) {
    Message.Builder copy = Message.newBuilder();
    if (message.hasMessageContextInfo()) {
      copy.setMessageContextInfo(message.getMessageContextInfo());
    }
    return copy.setDeviceSentMessage(
            Message.DeviceSentMessage.newBuilder()
                .setDestinationJid(chat.toString())
                .setMessage(message))
        .build();
  }
}
