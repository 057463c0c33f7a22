package dev.switchboard.sandbox.account;

import dev.switchboard.whatsapp.crypto.Sha256;
import dev.switchboard.whatsapp.wire.Jid;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** A short name for a set of devices (measured with independent clients; details differ). */
public final class ParticipantHash {
  private static final int BYTES = 6;

  private ParticipantHash() {}

  public static String of(List<Jid> devices) {
    String all =
        devices.stream()
            .map(jid -> jid.user() + ".0:" + jid.device() + "@" + jid.server().host())
            .sorted()
            .collect(Collectors.joining());
    byte[] hash = Sha256.hash(all.getBytes(StandardCharsets.UTF_8));
    return "2:" + Base64.getEncoder().encodeToString(Arrays.copyOf(hash, BYTES));
  }
}
