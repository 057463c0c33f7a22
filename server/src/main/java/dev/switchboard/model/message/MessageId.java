package dev.switchboard.model.message;

import dev.switchboard.model.GatewayException;

/**
 * WhatsApp's id of a message, unique within its chat and sender: 1 to 128 characters, none of them
 * a control character. Peers choose ids, and storage does not take every character.
 */
public record MessageId(String value) {
  private static final int LONGEST = 128;

  public MessageId {
    if (!isId(value)) {
      throw GatewayException.invalidField(
          "message_id", "must be 1 to " + LONGEST + " characters without control characters");
    }
  }

  /** Whether the text can be an id. */
  public static boolean isId(String value) {
    if (value.isEmpty() || value.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      if (Character.isISOControl(value.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return value;
  }
}
