package dev.switchboard.whatsapp.pairing;

import dev.switchboard.whatsapp.account.DeviceKeys;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The texts of the QR codes of one pairing, one after the other. */
final class QrCodes {
  private static final String PREFIX = "https://wa.me/settings/linked_devices#";

  /** Chrome, as the wire numbers browsers. */
  private static final String PLATFORM = "1";

  private final DeviceKeys keys;
  private final byte[] secret;
  private final ArrayDeque<String> references;

  QrCodes(DeviceKeys keys, byte[] secret, List<String> references) {
    this.keys = keys;
    this.secret = secret.clone();
    this.references = new ArrayDeque<>(references);
  }

  /** The next text to show; empty when the server's references are used up. */
  Optional<String> next() {
    return Optional.ofNullable(references.poll()).map(this::text);
  }

  private String text(String reference) {
    return PREFIX
        + String.join(
            ",",
            reference,
            base64(keys.noiseKey().publicKey()),
            base64(keys.identity().keyPair().publicKey()),
            base64(secret),
            PLATFORM);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
