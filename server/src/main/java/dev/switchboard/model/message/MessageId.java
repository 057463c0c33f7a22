package dev.switchboard.model.message;

import dev.switchboard.model.GatewayException;

/** WhatsApp's id of a message, unique within its chat and sender: 1 to 128 characters. */
public record MessageId(String value) {
  public MessageId {
    if (value.isEmpty() || value.length() > 128) {
      throw GatewayException.invalidField("message_id", "must be 1 to 128 characters");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
