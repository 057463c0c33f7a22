package dev.switchboard.model.contact;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person as an account knows them.
 *
 * @param peer under every name of the network that is known
 * @param identityChangedAt when their security code last changed, or null if it never did
 */
public record Contact(
    AccountKey account, Peer peer, ContactNames names, @Nullable Instant identityChangedAt) {
  /** Somebody of whom nothing but the peer is known. */
  public static Contact of(AccountKey account, Peer peer) {
    return new Contact(account, peer, ContactNames.NONE, null);
  }

  public Contact withPeer(Peer known) {
    return new Contact(account, known, names, identityChangedAt);
  }

  public Contact withNames(ContactNames known) {
    return new Contact(account, peer, known, identityChangedAt);
  }

  public Contact withIdentityChangedAt(@Nullable Instant at) {
    return new Contact(account, peer, names, at);
  }
}
