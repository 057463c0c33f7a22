package dev.switchboard.sandbox.appstate;

import dev.switchboard.whatsapp.crypto.Hkdf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The five keys that one shared app state key stands for (measured with independent clients). */
@SuppressWarnings("ArrayRecordComponent") // short-lived, never compared
record AppStateKeys(
    byte[] index, byte[] valueEncryption, byte[] valueMac, byte[] snapshotMac, byte[] patchMac) {
  private static final byte[] INFO = "WhatsApp Mutation Keys".getBytes(StandardCharsets.US_ASCII);

  static AppStateKeys expand(byte[] sharedKey) {
    byte[] all = Hkdf.derive(sharedKey, new byte[0], INFO, 160);
    return new AppStateKeys(
        Arrays.copyOfRange(all, 0, 32),
        Arrays.copyOfRange(all, 32, 64),
        Arrays.copyOfRange(all, 64, 96),
        Arrays.copyOfRange(all, 96, 128),
        Arrays.copyOfRange(all, 128, 160));
  }
}
