package dev.switchboard.whatsapp.linkcode;

/**
 * What this device and a phone that knows the code agree on.
 *
 * @param bundle tells the phone, and only it, the keys and the randomness that were used
 * @param secret what the phone has to seal its word with: nobody else can make it
 * @param phoneIdentity the phone's identity key, as the secret vouches for it
 */
@SuppressWarnings("ArrayRecordComponent") // never changed and never compared
public record Agreement(byte[] bundle, byte[] secret, byte[] phoneIdentity) {
  /** Names no key. */
  @Override
  public String toString() {
    return "Agreement[…]";
  }
}
