package dev.switchboard.whatsapp.signal;

import dev.switchboard.whatsapp.crypto.Curve;
import org.jspecify.annotations.Nullable;

/**
 * What a peer's device publishes so that others can start a session with it. It comes from the
 * network: wrong lengths and ids are refused as {@link SignalException.Reason#MALFORMED}.
 *
 * @param registrationId 31 bits: only our own kind keeps to 14
 * @param identity 32 raw bytes
 * @param signedPreKey 32 raw bytes
 * @param signature 64 bytes; checked by {@link SignalUnit#establish}
 * @param oneTimeKey absent when the device's supply has run out
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record PreKeyBundle(
    int registrationId,
    byte[] identity,
    int signedPreKeyId,
    byte[] signedPreKey,
    byte[] signature,
    @Nullable OneTimeKey oneTimeKey) {

  /** The public half of a {@link PreKey}. */
  @SuppressWarnings("ArrayRecordComponent") // carried, never compared
  public record OneTimeKey(int id, byte[] publicKey) {
    public OneTimeKey {
      requireId(id);
      publicKey = requireLength(publicKey, Curve.KEY_BYTES).clone();
    }
  }

  public PreKeyBundle {
    if (registrationId < 0) {
      throw malformed("negative registration id");
    }
    requireId(signedPreKeyId);
    identity = requireLength(identity, Curve.KEY_BYTES).clone();
    signedPreKey = requireLength(signedPreKey, Curve.KEY_BYTES).clone();
    signature = requireLength(signature, Curve.SIGNATURE_BYTES).clone();
  }

  /** The bundle a device publishes, with one of its one-time prekeys if any is left. */
  public static PreKeyBundle of(
      SignalIdentity identity, SignedPreKey signedPreKey, @Nullable PreKey preKey) {
    return new PreKeyBundle(
        identity.registrationId(),
        identity.keyPair().publicKey(),
        signedPreKey.id(),
        signedPreKey.keyPair().publicKey(),
        signedPreKey.signature(),
        preKey == null ? null : new OneTimeKey(preKey.id(), preKey.keyPair().publicKey()));
  }

  private static void requireId(int id) {
    if (id < 0 || id > PreKey.MAX_ID) {
      throw malformed("prekey id out of range");
    }
  }

  private static byte[] requireLength(byte[] bytes, int length) {
    if (bytes.length != length) {
      throw malformed("a field has " + bytes.length + " bytes instead of " + length);
    }
    return bytes;
  }

  private static SignalException malformed(String message) {
    return new SignalException(SignalException.Reason.MALFORMED, message);
  }
}
