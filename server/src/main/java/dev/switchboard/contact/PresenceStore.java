package dev.switchboard.contact;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.contact.Presence;
import dev.switchboard.model.contact.PresenceWish;
import java.util.function.UnaryOperator;

/**
 * Where it is kept what callers want of presence, until the instance is unlinked. Every method
 * throws STORAGE_UNAVAILABLE when storage is away.
 */
public interface PresenceStore {
  /** What is wanted of the account; {@link PresenceWish#NONE} when nobody said. */
  PresenceWish find(AccountKey account);

  /**
   * Changes what is wanted, one change of an account after the other.
   *
   * @param change what it throws leaves everything as it was
   * @throws dev.switchboard.model.GatewayException INSTANCE_NOT_FOUND; INSTANCE_NOT_LINKED
   */
  PresenceWish change(AccountKey account, UnaryOperator<PresenceWish> change);

  /** Makes an event of whether a person is online, unless the account was deleted. */
  void tell(AccountKey account, Peer person, Presence presence);
}
