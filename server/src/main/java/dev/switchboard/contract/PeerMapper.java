package dev.switchboard.contract;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Lid;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.model.Reason;

/** People: every alias out, any alias in. */
public final class PeerMapper {
  private PeerMapper() {}

  public static dev.switchboard.api.v1.Peer toContract(Peer peer) {
    var contract = dev.switchboard.api.v1.Peer.newBuilder().setJid(peer.canonical());
    peer.knownPhoneNumber().ifPresent(number -> contract.setPhoneNumber(number.e164()));
    peer.knownLid().ifPresent(lid -> contract.setLid(lid.digits()));
    return contract.build();
  }

  /**
   * Takes one alias only, even where several are given: a caller's word that two aliases are the
   * same person must not decide who gets a message.
   *
   * @param field the path of the peer in the request, for refusals
   */
  public static Peer toModel(dev.switchboard.api.v1.Peer peer, String field) {
    if (!peer.getPhoneNumber().isEmpty()) {
      return Peer.of(new PhoneNumber(peer.getPhoneNumber().substring(1)));
    }
    if (!peer.getLid().isEmpty()) {
      return Peer.of(new Lid(peer.getLid()));
    }
    return ofJid(peer.getJid(), field + ".jid");
  }

  private static Peer ofJid(String jid, String field) {
    int at = jid.lastIndexOf('@');
    String user = at < 0 ? "" : withoutDevice(jid.substring(0, at));
    return switch (jid.substring(at + 1)) {
      case "s.whatsapp.net", "c.us" -> Peer.of(phoneNumber(user, field));
      case "lid" -> Peer.of(lid(user, field));
      case "g.us", "newsletter", "broadcast" ->
          throw new GatewayException(
              Reason.CAPABILITY_UNSUPPORTED, "only people can be written to, no group or channel");
      default -> throw GatewayException.invalidField(field, "must end in @s.whatsapp.net or @lid");
    };
  }

  private static String withoutDevice(String user) {
    int colon = user.indexOf(':');
    return colon < 0 ? user : user.substring(0, colon);
  }

  private static PhoneNumber phoneNumber(String user, String field) {
    try {
      return new PhoneNumber(user);
    } catch (GatewayException e) {
      throw GatewayException.invalidField(field, "must begin with a phone number");
    }
  }

  private static Lid lid(String user, String field) {
    try {
      return new Lid(user);
    } catch (GatewayException e) {
      throw GatewayException.invalidField(field, "must begin with the digits of a LID");
    }
  }
}
