package dev.switchboard.outbox;

import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.model.message.MessageId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Chooses message ids as WhatsApp Web does (measured with independent clients): {@code 3EB0} and 18
 * upper-case hex digits of SHA-256 over the seconds, the own user and 16 random bytes. The random
 * bytes are drawn once and counted on from there: nobody who does not know them can tell, and calls
 * do not wait for each other's.
 */
public final class MessageIds {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final InstantSource clock;
  private final byte[] secret = new byte[16];
  private final AtomicLong count = new AtomicLong();

  public MessageIds(InstantSource clock, SecureRandom random) {
    this.clock = clock;
    random.nextBytes(secret);
  }

  /** A new id for a message of this account. */
  public MessageId next(Peer own) {
    byte[] user =
        (own.knownPhoneNumber().map(PhoneNumber::digits).orElse("") + "@c.us")
            .getBytes(StandardCharsets.US_ASCII);
    ByteBuffer seed = ByteBuffer.allocate(2 * Long.BYTES + user.length + secret.length);
    seed.putLong(clock.instant().getEpochSecond()).put(user).put(secret);
    seed.putLong(count.incrementAndGet());
    return new MessageId("3EB0" + HEX.formatHex(Arrays.copyOf(sha256(seed.array()), 9)));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
