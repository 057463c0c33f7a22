package dev.switchboard.whatsapp.appstate.codec;

import dev.switchboard.whatsapp.crypto.Hkdf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The hash of a whole collection: 64 sums of 16 bits that wrap around, so that records are added
 * and taken away in any order (measured with independent clients). Changed in place; for one
 * thread.
 */
public final class LtHash {
  public static final int BYTES = 128;

  private static final byte[] INFO = "WhatsApp Patch Integrity".getBytes(StandardCharsets.US_ASCII);

  private final ByteBuffer sums;

  private LtHash(byte[] bytes) {
    this.sums = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The hash of a collection without records. */
  public static LtHash empty() {
    return new LtHash(new byte[BYTES]);
  }

  /** A copy of what {@link #bytes} gave. */
  public static LtHash of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("an LT hash has 128 bytes");
    }
    return new LtHash(bytes.clone());
  }

  public LtHash copy() {
    return of(sums.array());
  }

  public void add(byte[] valueMac) {
    combine(valueMac, 1);
  }

  public void subtract(byte[] valueMac) {
    combine(valueMac, -1);
  }

  public byte[] bytes() {
    return sums.array().clone();
  }

  private void combine(byte[] valueMac, int sign) {
    ByteBuffer more =
        ByteBuffer.wrap(Hkdf.derive(valueMac, new byte[0], INFO, BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < BYTES; at += Short.BYTES) {
      sums.putShort(at, (short) (sums.getShort(at) + sign * more.getShort(at)));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LtHash hash && Arrays.equals(sums.array(), hash.sums.array());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sums.array());
  }
}
