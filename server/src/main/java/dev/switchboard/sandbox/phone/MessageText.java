package dev.switchboard.sandbox.phone;

import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.switchboard.whatsapp.proto.Message;
import java.util.Optional;
import java.util.Set;

/** What a decrypted message is and says. */
public final class MessageText {
  private static final Set<String> NOT_A_KIND =
      Set.of("message_context_info", "sender_key_distribution_message");

  private MessageText() {}

  /** The text of a text message, or of the one that an own device sent a copy of. */
  public static Optional<String> of(Message message) {
    if (message.hasDeviceSentMessage()) {
      return of(message.getDeviceSentMessage().getMessage());
    }
    if (message.hasConversation()) {
      return Optional.of(message.getConversation());
    }
    return message.hasExtendedTextMessage()
        ? Optional.of(message.getExtendedTextMessage().getText())
        : Optional.empty();
  }

  /** The kind by its name in WhatsApp's messages; {@code unknown} for what we do not know. */
  public static String kind(Message message) {
    return message.getAllFields().keySet().stream()
        .map(FieldDescriptor::getName)
        .filter(name -> !NOT_A_KIND.contains(name))
        .findFirst()
        .orElse("unknown");
  }
}
