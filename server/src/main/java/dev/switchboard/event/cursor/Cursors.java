package dev.switchboard.event.cursor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchboard.model.TenantId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Makes cursors and reads them: a position, the log that it is one of, and a MAC over both and the
 * tenant, so that nobody makes one up or uses another tenant's. Safe for use by many threads.
 */
public final class Cursors {
  /** How long a cursor is. */
  public static final int LENGTH = 44;

  private static final byte VERSION = 1;
  private static final int LOG_BYTES = 8;
  private static final int SAID_BYTES = 1 + LOG_BYTES + Long.BYTES;
  private static final int MAC_BYTES = 16;

  private final UnaryOperator<byte[]> mac;
  private final byte[] log;

  /** Where a cursor leads to. */
  public sealed interface Place {
    /** A position of this log. */
    record Here(long position) implements Place {}

    /** A position of a log that was here before. */
    record Elsewhere() implements Place {}
  }

  /**
   * @param mac says what only this gateway can say of some bytes, in 16 bytes or more; always the
   *     same, as long as cursors are to be good
   * @param logId the log whose positions are told
   */
  public Cursors(UnaryOperator<byte[]> mac, String logId) {
    this.mac = mac;
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      log = Arrays.copyOf(digest.digest(logId.getBytes(UTF_8)), LOG_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The cursor of a position, for this tenant only. */
  public String cursor(TenantId tenant, long position) {
    byte[] said = ByteBuffer.allocate(SAID_BYTES).put(VERSION).put(log).putLong(position).array();
    byte[] bytes = Arrays.copyOf(said, SAID_BYTES + MAC_BYTES);
    System.arraycopy(mac(tenant, said), 0, bytes, SAID_BYTES, MAC_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Where a cursor leads to; empty for one that was not given to this tenant. */
  public Optional<Place> place(TenantId tenant, String cursor) {
    byte[] bytes = decoded(cursor);
    if (bytes.length != SAID_BYTES + MAC_BYTES || bytes[0] != VERSION) {
      return Optional.empty();
    }
    byte[] said = Arrays.copyOf(bytes, SAID_BYTES);
    byte[] mac = Arrays.copyOfRange(bytes, SAID_BYTES, bytes.length);
    if (!MessageDigest.isEqual(mac, mac(tenant, said))) {
      return Optional.empty();
    }
    boolean here = Arrays.equals(said, 1, 1 + LOG_BYTES, log, 0, LOG_BYTES);
    long position = ByteBuffer.wrap(said).getLong(1 + LOG_BYTES);
    return Optional.of(here ? new Place.Here(position) : new Place.Elsewhere());
  }

  private byte[] mac(TenantId tenant, byte[] said) {
    byte[] owner = tenant.value().getBytes(UTF_8);
    byte[] all = ByteBuffer.allocate(said.length + owner.length).put(said).put(owner).array();
    return Arrays.copyOf(mac.apply(all), MAC_BYTES);
  }

  private static byte[] decoded(String cursor) {
    try {
      return cursor.length() == LENGTH ? Base64.getUrlDecoder().decode(cursor) : new byte[0];
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
