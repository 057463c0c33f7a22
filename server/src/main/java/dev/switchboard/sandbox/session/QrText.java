package dev.switchboard.sandbox.session;

import java.util.Base64;
import java.util.Optional;

/** What a QR code says: who shows it, and the secret that only a scanner learns. */
@SuppressWarnings("ArrayRecordComponent") // never changed and never compared
record QrText(String reference, byte[] noiseKey, byte[] identity, byte[] advertisedSecret) {
  /** Newer clients write a link that opens the phone's app. */
  private static final String PREFIX = "https://wa.me/settings/linked_devices#";

  private static final int LEAST_FIELDS = 4;
  private static final int KEY_BYTES = 32;

  static Optional<QrText> parse(String text) {
    String trimmed = text.strip();
    String bare = trimmed.startsWith(PREFIX) ? trimmed.substring(PREFIX.length()) : trimmed;
    String[] fields = bare.split(",", -1);
    if (fields.length < LEAST_FIELDS) {
      return Optional.empty();
    }
    try {
      return Optional.of(new QrText(fields[0], key(fields[1]), key(fields[2]), key(fields[3])));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static byte[] key(String base64) {
    byte[] key = Base64.getDecoder().decode(base64);
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("a key has 32 bytes");
    }
    return key;
  }
}
