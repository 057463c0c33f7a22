package dev.switchboard.whatsapp.account;

import dev.switchboard.whatsapp.crypto.KeyPair;
import dev.switchboard.whatsapp.signal.SignalIdentity;
import dev.switchboard.whatsapp.signal.SignedPreKey;
import java.security.SecureRandom;

/**
 * The keys a device makes for itself before anybody knows it.
 *
 * @param noiseKey proves to the server, at every login, that it is the same device
 * @param identity proves the same to peers
 */
public record DeviceKeys(KeyPair noiseKey, SignalIdentity identity, SignedPreKey signedPreKey) {
  private static final int FIRST_SIGNED_PREKEY = 1;

  public static DeviceKeys generate(SecureRandom random) {
    SignalIdentity identity = SignalIdentity.generate(random);
    return new DeviceKeys(
        KeyPair.generate(random),
        identity,
        SignedPreKey.generate(identity, FIRST_SIGNED_PREKEY, random));
  }

  public DeviceKeys withSignedPreKey(SignedPreKey next) {
    return new DeviceKeys(noiseKey, identity, next);
  }

  @Override
  public String toString() {
    return "DeviceKeys";
  }
}
