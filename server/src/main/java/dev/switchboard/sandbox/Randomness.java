package dev.switchboard.sandbox;

import dev.switchboard.whatsapp.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.OptionalLong;

/**
 * Where the network's keys and ids come from: one source per purpose, so that what one of them
 * draws changes nothing for the others.
 *
 * <p>With a seed all of them repeat themselves. Two things do not, since no source can be handed to
 * them: the ephemeral keys that libsignal 0.0.4 draws from the platform when a phone starts a
 * session or turns its ratchet (so the bytes of ciphertexts differ), and the TLS identity. Neither
 * is seen in the log of stanzas.
 *
 * @param opening how often the directory was opened before: a restart must not repeat ids
 */
record Randomness(OptionalLong seed, long opening) {
  SecureRandom source(String purpose) {
    if (seed.isEmpty()) {
      return new SecureRandom();
    }
    try {
      // The one generator of the platform that, seeded before its first use, repeats itself.
      SecureRandom seeded = SecureRandom.getInstance("SHA1PRNG");
      String text = seed.getAsLong() + "/" + opening + "/" + purpose;
      seeded.setSeed(Sha256.hash(text.getBytes(StandardCharsets.UTF_8)));
      return seeded;
    } catch (NoSuchAlgorithmException e) {
      throw new SandboxException("this Java has no seeded randomness", e);
    }
  }
}
