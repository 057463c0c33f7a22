package dev.switchboard.sandbox.log;

import dev.switchboard.whatsapp.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What one device said, or was told: how many stanzas, and a digest that knows their order. */
final class Chain {
  private byte[] digest = new byte[0];
  private long count;

  void add(MaskedNode stanza, boolean lost) {
    var text = new StringBuilder(lost ? "lost" : "");
    stanza.writeTo(text);
    byte[] addition = text.toString().getBytes(StandardCharsets.UTF_8);
    byte[] both = Arrays.copyOf(digest, digest.length + addition.length);
    System.arraycopy(addition, 0, both, digest.length, addition.length);
    digest = Sha256.hash(both);
    count++;
  }

  byte[] digest() {
    return digest.clone();
  }

  long count() {
    return count;
  }
}
