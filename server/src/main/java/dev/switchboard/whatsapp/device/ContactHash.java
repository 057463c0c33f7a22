package dev.switchboard.whatsapp.device;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.switchboard.whatsapp.crypto.Md5;
import dev.switchboard.whatsapp.wire.Jid;
import java.util.Arrays;
import java.util.Base64;

/**
 * By which the server speaks of somebody without a name: three bytes of MD5 over the user and a
 * fixed word (read in public sources). Several people may have the same.
 */
final class ContactHash {
  private static final String WORD = "WA_ADD_NOTIF";
  private static final int BYTES = 3;

  private ContactHash() {}

  static String of(Jid person) {
    byte[] hash = Md5.hash((person.user() + WORD).getBytes(US_ASCII));
    return Base64.getEncoder().encodeToString(Arrays.copyOf(hash, BYTES));
  }
}
