package dev.switchboard.webhook.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of Standard Webhooks, version 1: HMAC-SHA256 over {@code id.timestamp.body}, one
 * for each live key, so that a receiver may know the old key or the new one while they are changed.
 */
final class Signature {
  /** How many keys may be live at once: the newest, and the one before it for a while. */
  static final int MOST_KEYS = 2;

  private static final String ALGORITHM = "HmacSHA256";
  private static final String VERSION = "v1,";

  private Signature() {}

  /** The value of the header, the keys' signatures in their order. */
  static String of(List<SigningKey> keys, String id, Instant at, byte[] body) {
    if (keys.isEmpty() || keys.size() > MOST_KEYS) {
      throw new IllegalArgumentException("1 to " + MOST_KEYS + " keys sign, not " + keys.size());
    }
    byte[] head = (id + "." + at.getEpochSecond() + ".").getBytes(StandardCharsets.US_ASCII);
    return keys.stream().map(key -> one(key, head, body)).collect(Collectors.joining(" "));
  }

  private static String one(SigningKey key, byte[] head, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.bytes(), ALGORITHM));
      mac.update(head);
      return VERSION + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
