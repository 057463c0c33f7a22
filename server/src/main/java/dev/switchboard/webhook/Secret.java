package dev.switchboard.webhook;

import dev.switchboard.webhook.signing.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What requests are signed with.
 *
 * @param key {@value #BYTES} random bytes; never changed
 * @param expiresAt until when it counts, when another follows it
 */
@SuppressWarnings("ArrayRecordComponent") // Handed through and never compared.
public record Secret(byte[] key, Instant createdAt, Optional<Instant> expiresAt) {
  public static final int BYTES = 32;

  /** How many count at the same time, at most. */
  public static final int MOST_LIVE = 2;

  /** How long a secret may count beside the one that follows it. */
  public static final Duration LONGEST_OVERLAP = Duration.ofDays(7);

  public Secret {
    if (key.length != BYTES) {
      throw new IllegalArgumentException("a secret has " + BYTES + " bytes");
    }
  }

  /** As it is told to its owner, once. */
  public String text() {
    return signingKey().text();
  }

  /** What is done with it. */
  public SigningKey signingKey() {
    return SigningKey.of(key);
  }

  /** Whether it counts at a time. */
  public boolean live(Instant now) {
    return expiresAt.isEmpty() || expiresAt.get().isAfter(now);
  }

  /** The same until a time. */
  public Secret until(Instant end) {
    return new Secret(key, createdAt, Optional.of(end));
  }

  /** Hides the key. */
  @Override
  public String toString() {
    return "Secret[" + createdAt + "]";
  }
}
