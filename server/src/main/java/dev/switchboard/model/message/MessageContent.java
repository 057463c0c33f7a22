package dev.switchboard.model.message;

import dev.switchboard.model.GatewayException;
import java.nio.charset.StandardCharsets;

/** What a message says. */
public sealed interface MessageContent {
  /** Plain text of 1 to 65,536 bytes of UTF-8. */
  record Text(String body) implements MessageContent {
    /** The most a text may hold, in bytes of UTF-8. */
    public static final int LIMIT_BYTES = 65_536;

    /** A text to be sent: checked against the limit. */
    public static Text outbound(String body) {
      if (body.isEmpty()) {
        throw GatewayException.invalidField("text.body", "must not be empty");
      }
      if (body.getBytes(StandardCharsets.UTF_8).length > LIMIT_BYTES) {
        throw GatewayException.invalidField(
            "text.body", "must not exceed " + LIMIT_BYTES + " bytes of UTF-8");
      }
      return new Text(body);
    }

    /** Hides the text: logs must not tell it. */
    @Override
    public String toString() {
      return "Text[" + body.length() + " characters]";
    }
  }

  /**
   * Something the network delivered and this version does not understand, kept as it came.
   *
   * @param kind the name of the kind as the protocol has it, or {@code unknown}
   * @param raw the decrypted bytes, or the encoded stanza when there was nothing to decrypt
   */
  @SuppressWarnings("ArrayRecordComponent") // Raw bytes, handed through and never compared.
  record Unsupported(String kind, byte[] raw) implements MessageContent {
    @Override
    public String toString() {
      return "Unsupported[" + kind + ", " + raw.length + " bytes]";
    }
  }

  /**
   * Something that came in and cannot be decrypted; a readable copy takes its place when it comes.
   *
   * @param reason why the copy that came last cannot be decrypted
   * @param requests how often the sending device was asked for another copy
   */
  record Undecryptable(UndecryptableReason reason, int requests) implements MessageContent {
    public Undecryptable {
      if (requests < 0) {
        throw new IllegalArgumentException("asked less than never");
      }
    }
  }
}
