package dev.switchboard.model;

import java.util.regex.Pattern;

/** WhatsApp's hidden id of a person, the user part of {@code …@lid}: 1 to 20 digits. */
public record Lid(String digits) {
  private static final Pattern SHAPE = Pattern.compile("[0-9]{1,20}");

  public Lid {
    if (!SHAPE.matcher(digits).matches()) {
      throw GatewayException.invalidField("lid", "must be 1 to 20 digits");
    }
  }

  /** Hides the id: logs must not tell it. */
  @Override
  public String toString() {
    return "Lid[…" + digits.substring(Math.max(0, digits.length() - 2)) + "]";
  }
}
