package dev.switchboard.store.message;

import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.UndecryptableReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A message's content as a kind and bytes, before encryption. */
@SuppressWarnings("ArrayRecordComponent") // Handed through and never compared.
record ContentBytes(String kind, byte[] bytes) {
  private static final String TEXT = "TEXT";
  private static final String UNSUPPORTED = "UNSUPPORTED";
  static final String UNDECRYPTABLE = "UNDECRYPTABLE";

  static ContentBytes of(MessageContent content) {
    return switch (content) {
      case MessageContent.Text text ->
          new ContentBytes(TEXT, text.body().getBytes(StandardCharsets.UTF_8));
      case MessageContent.Unsupported unsupported ->
          new ContentBytes(UNSUPPORTED, encode(unsupported));
      case MessageContent.Undecryptable undecryptable ->
          new ContentBytes(UNDECRYPTABLE, encode(undecryptable));
    };
  }

  MessageContent content() {
    return switch (kind) {
      case TEXT -> new MessageContent.Text(new String(bytes, StandardCharsets.UTF_8));
      case UNSUPPORTED -> unsupported(bytes);
      case UNDECRYPTABLE -> undecryptable(bytes);
      case String other -> throw new IllegalStateException("stored message of kind " + other);
    };
  }

  private static byte[] encode(MessageContent.Unsupported unsupported) {
    var name = unsupported.kind().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Integer.BYTES + name.length + unsupported.raw().length)
        .putInt(name.length)
        .put(name)
        .put(unsupported.raw())
        .array();
  }

  private static byte[] encode(MessageContent.Undecryptable undecryptable) {
    var reason = undecryptable.reason().name().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Integer.BYTES + reason.length)
        .putInt(undecryptable.requests())
        .put(reason)
        .array();
  }

  private static MessageContent undecryptable(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes);
    var requests = buffer.getInt();
    var reason = StandardCharsets.UTF_8.decode(buffer).toString();
    return new MessageContent.Undecryptable(UndecryptableReason.valueOf(reason), requests);
  }

  private static MessageContent unsupported(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes);
    var name = new byte[buffer.getInt()];
    buffer.get(name);
    var raw = new byte[buffer.remaining()];
    buffer.get(raw);
    return new MessageContent.Unsupported(new String(name, StandardCharsets.UTF_8), raw);
  }
}
