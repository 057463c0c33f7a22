package dev.switchboard.store.contact;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.store.account.PeerBytes;
import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.store.encryption.Place;
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

  private static Place place(AccountKey account, UUID chat) {
    return Place.of("chat", account.tenant().value(), account.instance().value(), chat.toString());
  }
}
