package dev.switchboard.sandbox;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.OptionalLong;

/** Where the network's keys and ids come from. */
final class Randomness {
  private Randomness() {}

  static SecureRandom of(OptionalLong seed) {
    if (seed.isEmpty()) {
      return new SecureRandom();
    }
    try {
      // The one generator of the platform that, seeded before its first use, repeats itself.
      SecureRandom seeded = SecureRandom.getInstance("SHA1PRNG");
      seeded.setSeed(seed.getAsLong());
      return seeded;
    } catch (NoSuchAlgorithmException e) {
      throw new SandboxException("this Java has no seeded randomness", e);
    }
  }
}
