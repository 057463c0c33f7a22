package dev.switchboard.whatsapp.outbound;

import dev.switchboard.whatsapp.crypto.Sha256;
import dev.switchboard.whatsapp.wire.Jid;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * By which the server tells whether sender and server know the same devices. Implementations differ
 * in detail; nobody refuses a message for it (measured).
 */
final class ParticipantHash {
  private static final int HASHED_BYTES = 6;

  private ParticipantHash() {}

  static String of(List<Jid> devices) {
    String joined =
        devices.stream().map(ParticipantHash::text).sorted().collect(Collectors.joining());
    byte[] hash = Sha256.hash(joined.getBytes(StandardCharsets.US_ASCII));
    return "2:"
        + Base64.getEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, HASHED_BYTES));
  }

  private static String text(Jid device) {
    return device.user() + ".0:" + device.device() + "@" + device.server().host();
  }
}
