package dev.switchboard.store.contact;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Lid;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.store.encryption.Place;
import java.util.ArrayList;
import java.util.List;

/** The keyed hashes by which a chat is found. They differ by account: nothing links two tenants. */
final class ChatAliases {
  private final Encryption encryption;

  ChatAliases(Encryption encryption) {
    this.encryption = encryption;
  }

  /** One for each name of the peer, at least one. */
  List<byte[]> of(AccountKey account, Peer peer) {
    var keys = new ArrayList<byte[]>(2);
    peer.knownPhoneNumber().map(number -> of(account, number)).ifPresent(keys::add);
    peer.knownLid().map(lid -> of(account, lid)).ifPresent(keys::add);
    return keys;
  }

  byte[] of(AccountKey account, PhoneNumber number) {
    return key(account, "pn", number.digits());
  }

  byte[] of(AccountKey account, Lid lid) {
    return key(account, "lid", lid.digits());
  }

  private byte[] key(AccountKey account, String kind, String digits) {
    return encryption.lookupKey(
        Place.of("chat_alias", account.tenant().value(), account.instance().value(), kind, digits));
  }
}
