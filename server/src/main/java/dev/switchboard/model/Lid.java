package dev.switchboard.model;

/** WhatsApp's hidden id of a person, the user part of {@code …@lid}: 1 to 20 digits. */
public record Lid(String digits) {
  public Lid {
    if (!Names.isDigits(digits, 1, 20)) {
      throw GatewayException.invalidField("lid", "must be 1 to 20 digits");
    }
  }

  /** Hides the id: logs must not tell it. */
  @Override
  public String toString() {
    return "Lid[…" + digits.substring(Math.max(0, digits.length() - 2)) + "]";
  }
}
