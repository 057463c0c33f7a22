package dev.switchboard.whatsapp.linkcode;

import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * A code that a person types on the phone: 40 random bits as 8 characters of an alphabet without
 * those that are easily mistaken (measured with independent clients).
 *
 * @param characters without the dash; this is what keys are derived from
 */
public record LinkCode(String characters) {
  private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTVWXYZ";
  private static final Pattern SHAPE = Pattern.compile("[1-9A-HJ-NP-TV-Z]{8}");
  private static final int LENGTH = 8;
  private static final int GROUP = LENGTH / 2;

  public LinkCode {
    if (!SHAPE.matcher(characters).matches()) {
      throw new IllegalArgumentException("a code has 8 characters of its alphabet");
    }
  }

  /** A new code; every one is as likely as any other. */
  public static LinkCode generate(SecureRandom random) {
    StringBuilder characters = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      characters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new LinkCode(characters.toString());
  }

  /** As people read it: {@code XXXX-XXXX}. */
  public String shown() {
    return characters.substring(0, GROUP) + "-" + characters.substring(GROUP);
  }

  /** Hides the code: who has it can answer for the phone. */
  @Override
  public String toString() {
    return "LinkCode[…]";
  }
}
