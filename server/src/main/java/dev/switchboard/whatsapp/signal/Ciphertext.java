package dev.switchboard.whatsapp.signal;

import java.util.Optional;

/** An encrypted message as it travels inside {@code <enc>}. */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record Ciphertext(Type type, byte[] bytes) {
  /** How a ciphertext is to be read. */
  public enum Type {
    /** Carries what the receiver needs to start the session, until the receiver has answered. */
    PREKEY("pkmsg"),
    /** A message of a session both sides have. */
    MESSAGE("msg");

    private final String wireName;

    Type(String wireName) {
      this.wireName = wireName;
    }

    /** The value of the attribute {@code type}. */
    public String wireName() {
      return wireName;
    }

    /** The type of that wire name, if it is one of a session. */
    public static Optional<Type> of(String wireName) {
      for (Type each : values()) {
        if (each.wireName.equals(wireName)) {
          return Optional.of(each);
        }
      }
      return Optional.empty();
    }
  }
}
