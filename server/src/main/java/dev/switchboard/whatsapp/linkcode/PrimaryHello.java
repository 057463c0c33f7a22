package dev.switchboard.whatsapp.linkcode;

import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.WireException;

/**
 * What the phone says when a person has typed a code there.
 *
 * @param wrapped its ephemeral key under the code
 * @param identity its identity key, 32 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record PrimaryHello(byte[] wrapped, byte[] identity) {
  /**
   * Reads it.
   *
   * @throws WireException when a part is missing or has a wrong length
   */
  public static PrimaryHello read(Node registration) {
    byte[] wrapped =
        registration.requiredChild("link_code_pairing_wrapped_primary_ephemeral_pub").bytes();
    byte[] identity = registration.requiredChild("primary_identity_pub").bytes();
    if (wrapped.length != WrappedKey.BYTES || identity.length != Curve.KEY_BYTES) {
      throw new WireException("a primary_hello with keys of a wrong length");
    }
    return new PrimaryHello(wrapped, identity);
  }
}
