package dev.switchboard.whatsapp.appstate.codec;

import com.google.protobuf.ByteString;
import dev.switchboard.whatsapp.crypto.Hkdf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A key that the own phone shared, and the five that are derived from it (measured with independent
 * clients).
 */
@SuppressWarnings("ArrayRecordComponent") // Lives for the duration of one step, never compared.
public record SyncKey(
    ByteString id,
    byte[] index,
    byte[] valueEncryption,
    byte[] valueMac,
    byte[] snapshotMac,
    byte[] patchMac) {
  /** How long the shared key is. */
  public static final int SHARED_BYTES = 32;

  private static final byte[] INFO = "WhatsApp Mutation Keys".getBytes(StandardCharsets.US_ASCII);
  private static final int PART = 32;

  /** Derives the five from the shared one. */
  public static SyncKey of(ByteString id, byte[] shared) {
    byte[] all = Hkdf.derive(shared, new byte[0], INFO, 5 * PART);
    return new SyncKey(id, part(all, 0), part(all, 1), part(all, 2), part(all, 3), part(all, 4));
  }

  private static byte[] part(byte[] all, int number) {
    return Arrays.copyOfRange(all, number * PART, (number + 1) * PART);
  }

  @Override
  public String toString() {
    return "SyncKey[]";
  }
}
