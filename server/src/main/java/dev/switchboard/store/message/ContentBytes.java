package dev.switchboard.store.message;

import dev.switchboard.model.message.MessageContent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a message says as bytes, before encryption. */
final class ContentBytes {
  private static final String TEXT = "TEXT";
  private static final String UNSUPPORTED = "UNSUPPORTED";

  private ContentBytes() {}

  /** The kind of content, as it stands in its column. */
  static String kind(MessageContent content) {
    return switch (content) {
      case MessageContent.Text ignored -> TEXT;
      case MessageContent.Unsupported ignored -> UNSUPPORTED;
    };
  }

  static byte[] encode(MessageContent content) {
    return switch (content) {
      case MessageContent.Text text -> text.body().getBytes(StandardCharsets.UTF_8);
      case MessageContent.Unsupported unsupported -> encode(unsupported);
    };
  }

  static MessageContent decode(String kind, byte[] bytes) {
    return switch (kind) {
      case TEXT -> new MessageContent.Text(new String(bytes, StandardCharsets.UTF_8));
      case UNSUPPORTED -> decodeUnsupported(bytes);
      default -> throw new IllegalStateException("a stored message has the unknown kind " + kind);
    };
  }

  /** The length of the kind's name, the name, the raw bytes. */
  private static byte[] encode(MessageContent.Unsupported content) {
    byte[] name = content.kind().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Short.BYTES + name.length + content.raw().length)
        .putShort((short) name.length)
        .put(name)
        .put(content.raw())
        .array();
  }

  private static MessageContent decodeUnsupported(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    byte[] name = new byte[Short.toUnsignedInt(buffer.getShort())];
    buffer.get(name);
    byte[] raw = new byte[buffer.remaining()];
    buffer.get(raw);
    return new MessageContent.Unsupported(new String(name, StandardCharsets.UTF_8), raw);
  }
}
