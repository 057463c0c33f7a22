package dev.switchboard.whatsapp.cobalt;

/**
 * The public keys that a new device registers.
 *
 * @param registrationId 0 to 16380
 * @param identityKey raw, 32 bytes
 * @param signedPreKeyId 1 to 0xffffff
 * @param signedPreKey raw, 32 bytes
 * @param signedPreKeySignature by the identity key over 05 and the prekey, 64 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record RegistrationKeys(
    int registrationId,
    byte[] identityKey,
    int signedPreKeyId,
    byte[] signedPreKey,
    byte[] signedPreKeySignature) {
  public RegistrationKeys {
    if (identityKey.length != 32
        || signedPreKey.length != 32
        || signedPreKeySignature.length != 64) {
      throw new IllegalArgumentException("a registration key has a wrong length");
    }
    if (registrationId < 0 || signedPreKeyId < 0 || signedPreKeyId > 0xffffff) {
      throw new IllegalArgumentException("a registration number is out of range");
    }
  }
}
