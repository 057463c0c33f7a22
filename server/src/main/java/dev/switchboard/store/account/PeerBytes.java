package dev.switchboard.store.account;

import dev.switchboard.model.Lid;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import java.nio.charset.StandardCharsets;

/** A peer as bytes, before encryption: {@code digits of the phone number / digits of the LID}. */
public final class PeerBytes {
  private PeerBytes() {}

  public static byte[] encode(Peer peer) {
    var phoneNumber = peer.knownPhoneNumber().map(PhoneNumber::digits).orElse("");
    var lid = peer.knownLid().map(Lid::digits).orElse("");
    return (phoneNumber + "/" + lid).getBytes(StandardCharsets.US_ASCII);
  }

  public static Peer decode(byte[] bytes) {
    var text = new String(bytes, StandardCharsets.US_ASCII);
    var slash = text.indexOf('/');
    var phoneNumber = text.substring(0, slash);
    var lid = text.substring(slash + 1);
    return new Peer(
        phoneNumber.isEmpty() ? null : new PhoneNumber(phoneNumber),
        lid.isEmpty() ? null : new Lid(lid));
  }
}
