package dev.switchboard.store.contact;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.store.account.PeerBytes;
import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.store.encryption.Place;
import java.util.Objects;
import java.util.UUID;

/** Seals and opens who a chat is with. */
public final class ChatPeers {
  private final Encryption encryption;

  public ChatPeers(Encryption encryption) {
    this.encryption = encryption;
  }

  byte[] seal(AccountKey account, UUID chat, Peer peer) {
    return encryption.seal(PeerBytes.encode(peer), place(account, chat));
  }

  public Peer open(AccountKey account, UUID chat, byte[] sealed) {
    return PeerBytes.decode(encryption.open(sealed, place(account, chat)));
  }

  /**
   * Whether nothing speaks against it: they share a name, or each is known by the kind of name that
   * the other lacks. A receipt may come from a LID whose phone number is not known yet.
   */
  public static boolean mayBeSame(Peer one, Peer other) {
    var bothNumbers = one.phoneNumber() != null && other.phoneNumber() != null;
    var bothLids = one.lid() != null && other.lid() != null;
    return (bothNumbers && Objects.equals(one.phoneNumber(), other.phoneNumber()))
        || (bothLids && Objects.equals(one.lid(), other.lid()))
        || (!bothNumbers && !bothLids);
  }

  private static Place place(AccountKey account, UUID chat) {
    return Place.of("chat", account.tenant().value(), account.instance().value(), chat.toString());
  }
}
