package dev.switchboard.whatsapp.signal;

import dev.switchboard.whatsapp.crypto.KeyPair;
import java.security.SecureRandom;

/**
 * Who a device is to its peers.
 *
 * @param registrationId 0 to 16383 (14 bits), random per installation
 */
public record SignalIdentity(KeyPair keyPair, int registrationId) {
  public static final int MAX_REGISTRATION_ID = 0x3fff;

  public SignalIdentity {
    if (registrationId < 0 || registrationId > MAX_REGISTRATION_ID) {
      throw new IllegalArgumentException("registration id out of range: " + registrationId);
    }
  }

  public static SignalIdentity generate(SecureRandom random) {
    return new SignalIdentity(KeyPair.generate(random), random.nextInt(1, MAX_REGISTRATION_ID + 1));
  }
}
