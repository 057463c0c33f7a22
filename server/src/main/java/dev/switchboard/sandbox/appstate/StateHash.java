package dev.switchboard.sandbox.appstate;

import dev.switchboard.whatsapp.crypto.Hkdf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The LT hash of a collection: 64 little-endian 16-bit sums that wrap around, so that records can
 * be added and taken away in any order (measured with independent clients).
 */
@SuppressWarnings("ArrayRecordComponent") // never changed and never compared
public record StateHash(byte[] bytes) {
  private static final int LENGTH = 128;
  private static final byte[] INFO = "WhatsApp Patch Integrity".getBytes(StandardCharsets.US_ASCII);

  public StateHash {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("an LT hash has 128 bytes");
    }
  }

  public static StateHash empty() {
    return new StateHash(new byte[LENGTH]);
  }

  StateHash plus(byte[] valueMac) {
    return combine(valueMac, 1);
  }

  StateHash minus(byte[] valueMac) {
    return combine(valueMac, -1);
  }

  private StateHash combine(byte[] valueMac, int sign) {
    var sums = ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
    var more =
        ByteBuffer.wrap(Hkdf.derive(valueMac, new byte[0], INFO, LENGTH))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < LENGTH; at += 2) {
      sums.putShort(at, (short) (sums.getShort(at) + sign * more.getShort(at)));
    }
    return new StateHash(sums.array());
  }
}
