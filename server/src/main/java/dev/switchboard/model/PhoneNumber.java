package dev.switchboard.model;

/** A phone number in E.164 without the plus sign: 5 to 15 digits, the first not zero. */
public record PhoneNumber(String digits) {
  public PhoneNumber {
    if (!Names.isDigits(digits, 5, 15) || digits.charAt(0) == '0') {
      throw GatewayException.invalidField(
          "phone_number", "must be an E.164 number such as +15550001000");
    }
  }

  /** The number as people and the API write it, with a plus sign. */
  public String e164() {
    return "+" + digits;
  }

  /** Hides the number: logs must not tell it. */
  @Override
  public String toString() {
    return "PhoneNumber[…" + digits.substring(digits.length() - 2) + "]";
  }
}
