package dev.switchboard.webhook.signing;

import dev.switchboard.model.GatewayException;
import java.util.Arrays;
import java.util.Base64;

/**
 * The secret that a webhook and its receiver share. Its text is {@code whsec_} and base64, as
 * Standard Webhooks writes it; receivers use the bytes. Safe for use by many threads.
 */
public final class SigningKey {
  private static final String PREFIX = "whsec_";
  private static final int LEAST = 24; // The bounds that Standard Webhooks gives.
  private static final int MOST = 64;

  private final byte[] bytes;

  private SigningKey(byte[] bytes) {
    if (bytes.length < LEAST || bytes.length > MOST) {
      throw GatewayException.invalidField("secret", "has " + LEAST + " to " + MOST + " bytes");
    }
    this.bytes = bytes;
  }

  public static SigningKey of(byte[] bytes) {
    return new SigningKey(bytes.clone());
  }

  /** Reads what {@link #text} says; anything else is INVALID_FIELD. */
  public static SigningKey parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw GatewayException.invalidField("secret", "begins with " + PREFIX);
    }
    try {
      return new SigningKey(Base64.getDecoder().decode(text.substring(PREFIX.length())));
    } catch (IllegalArgumentException e) {
      throw GatewayException.invalidField("secret", "is base64 after " + PREFIX);
    }
  }

  /** What the receiver is given. */
  public String text() {
    return PREFIX + Base64.getEncoder().encodeToString(bytes);
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SigningKey key && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Hides the key. */
  @Override
  public String toString() {
    return "SigningKey";
  }
}
