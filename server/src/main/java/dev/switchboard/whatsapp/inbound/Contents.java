package dev.switchboard.whatsapp.inbound;

import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.whatsapp.proto.Message;
import java.util.Optional;
import java.util.Set;

/** What a decrypted message says. */
final class Contents {
  /** Parts that go with a message and are none themselves. */
  private static final Set<String> COMPANIONS =
      Set.of(
          "message_context_info",
          "sender_key_distribution_message",
          "fast_ratchet_key_sender_key_distribution_message");

  private static final String UNKNOWN = "unknown";
  private static final int DEEPEST_WRAPPER = 3;

  private Contents() {}

  /** The content; empty when there is nothing for people in it. */
  static Optional<MessageContent> of(Message message) {
    Message inner = unwrap(message, DEEPEST_WRAPPER);
    if (inner.hasConversation()) {
      return Optional.of(new MessageContent.Text(inner.getConversation()));
    }
    if (inner.hasExtendedTextMessage()) {
      return Optional.of(new MessageContent.Text(inner.getExtendedTextMessage().getText()));
    }
    return kind(inner).map(kind -> new MessageContent.Unsupported(kind, message.toByteArray()));
  }

  /** A disappearing message is one like any other, in a wrapper. */
  private static Message unwrap(Message message, int depth) {
    return depth > 0 && message.hasEphemeralMessage()
        ? unwrap(message.getEphemeralMessage().getMessage(), depth - 1)
        : message;
  }

  private static Optional<String> kind(Message message) {
    Optional<String> known =
        message.getAllFields().keySet().stream()
            .filter(field -> !COMPANIONS.contains(field.getName()))
            .map(FieldDescriptor::getJsonName)
            .findFirst();
    if (known.isPresent() && message.hasProtocolMessage()) {
      return Optional.of("protocolMessage." + message.getProtocolMessage().getType());
    }
    return known.isPresent() || message.getUnknownFields().asMap().isEmpty()
        ? known
        : Optional.of(UNKNOWN);
  }
}
