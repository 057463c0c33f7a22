package dev.switchboard.journal.codec;

import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.UndecryptableReason;

/** What a message says, written and read. */
final class ContentFields {
  private static final int TEXT = 1;
  private static final int UNSUPPORTED = 2;
  private static final int UNDECRYPTABLE = 3;

  private ContentFields() {}

  static void write(Output output, MessageContent content) {
    switch (content) {
      case MessageContent.Text(String body) -> {
        output.oneByte(TEXT);
        output.text(body);
      }
      case MessageContent.Unsupported(String kind, byte[] raw) -> {
        output.oneByte(UNSUPPORTED);
        output.text(kind);
        output.blob(raw);
      }
      case MessageContent.Undecryptable(UndecryptableReason reason, int requests) -> {
        output.oneByte(UNDECRYPTABLE);
        Codes.UNDECRYPTABLE.write(output, reason);
        output.number(requests);
      }
    }
  }

  static MessageContent read(Input input) {
    int kind = input.oneByte();
    return switch (kind) {
      case TEXT -> new MessageContent.Text(input.text());
      case UNSUPPORTED -> new MessageContent.Unsupported(input.text(), input.blob());
      case UNDECRYPTABLE ->
          new MessageContent.Undecryptable(Codes.UNDECRYPTABLE.read(input), input.smallNumber());
      default -> throw new UnreadableEntryException("this version knows no content " + kind);
    };
  }
}
