package dev.switchboard.sandbox.linkcode;

import dev.switchboard.whatsapp.crypto.AesGcm;
import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.WireException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A client's answer to the phone.
 *
 * @param bundle keys and randomness for the phone, sealed
 */
@SuppressWarnings("ArrayRecordComponent") // never changed and never compared
public record CompanionFinish(byte[] bundle, byte[] reference) {
  private static final int BUNDLE_BYTES =
      CodeKeys.SALT_BYTES + AesGcm.IV_BYTES + 3 * Curve.KEY_BYTES + AesGcm.TAG_BYTES;

  /**
   * Reads it; empty when anything of it is not what the network takes.
   *
   * @param identity of the client, as it registered
   */
  public static Optional<CompanionFinish> read(Node registration, Jid phone, byte[] identity) {
    try {
      byte[] bundle = registration.requiredChild("link_code_pairing_wrapped_key_bundle").bytes();
      byte[] shown = registration.requiredChild("companion_identity_public").bytes();
      byte[] reference = registration.requiredChild("link_code_pairing_ref").bytes();
      boolean sound =
          Jid.parse(registration.requiredAttribute("jid")).equals(phone)
              && bundle.length == BUNDLE_BYTES
              && Arrays.equals(shown, identity);
      return sound ? Optional.of(new CompanionFinish(bundle, reference)) : Optional.empty();
    } catch (WireException e) {
      return Optional.empty();
    }
  }
}
