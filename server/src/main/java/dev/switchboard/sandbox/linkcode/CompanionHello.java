package dev.switchboard.sandbox.linkcode;

import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.WireException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * A client's wish to be linked by code.
 *
 * @param phone whose phone the code will be typed on
 * @param wrapped the client's ephemeral key under the code
 */
@SuppressWarnings("ArrayRecordComponent") // never changed and never compared
public record CompanionHello(Jid phone, byte[] wrapped) {
  private static final Set<String> FLAGS = Set.of("true", "false");

  /**
   * Reads it; empty when anything of it is not what the network takes.
   *
   * @param noiseKey of the connection it came on
   */
  public static Optional<CompanionHello> read(Node registration, byte[] noiseKey) {
    try {
      Jid phone = Jid.parse(registration.requiredAttribute("jid"));
      byte[] wrapped = part(registration, "link_code_pairing_wrapped_companion_ephemeral_pub");
      boolean sound =
          phone.isPhoneNumber()
              && phone.device() == 0
              && wrapped.length == CodeKeys.WRAPPED_BYTES
              && FLAGS.contains(registration.requiredAttribute("should_show_push_notification"))
              && Arrays.equals(part(registration, "companion_server_auth_key_pub"), noiseKey)
              && isNonce(part(registration, "link_code_pairing_nonce"))
              && Platforms.isKnown(
                  registration.requiredChild("companion_platform_id").text(),
                  registration.requiredChild("companion_platform_display").text());
      return sound ? Optional.of(new CompanionHello(phone, wrapped)) : Optional.empty();
    } catch (WireException e) {
      return Optional.empty();
    }
  }

  /** A zero, which clients write as a byte or as a digit (measured). */
  private static boolean isNonce(byte[] nonce) {
    return nonce.length == 1 && (nonce[0] == 0 || nonce[0] == '0');
  }

  private static byte[] part(Node registration, String tag) {
    return registration.requiredChild(tag).bytes();
  }
}
