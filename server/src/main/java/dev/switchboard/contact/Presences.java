package dev.switchboard.contact;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.Reason;
import dev.switchboard.model.contact.Contact;
import dev.switchboard.model.contact.Presence;
import dev.switchboard.model.contact.PresenceWish;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether an account is seen online, of whom it is told so, and what is told. */
public final class Presences {
  private static final Logger LOG = LoggerFactory.getLogger(Presences.class);

  private final PresenceStore store;
  private final ContactStore contacts;
  private final int limit;

  /**
   * Over both stores.
   *
   * @param limit how many people an account may follow
   */
  public Presences(PresenceStore store, ContactStore contacts, int limit) {
    this.store = store;
    this.contacts = contacts;
    this.limit = limit;
  }

  /** What is wanted of the account. */
  public PresenceWish wish(AccountKey account) {
    return store.find(account);
  }

  /** Has the account seen online from now on, or not any more. */
  public PresenceWish appear(AccountKey account, boolean online) {
    return store.change(account, wish -> wish.withOnline(online));
  }

  /**
   * Has it told from now on whether the person is online.
   *
   * @return the person, under every name that is known
   * @throws GatewayException PRESENCE_OFFLINE; TOO_MANY_PRESENCES
   */
  public Peer follow(AccountKey account, Peer person) {
    Peer known = known(account, person);
    var _ = store.change(account, wish -> follow(wish, known));
    return known;
  }

  /** Has it not told any more; nothing changes for a person who is not followed. */
  public void unfollow(AccountKey account, Peer person) {
    Peer known = known(account, person);
    var _ = store.change(account, wish -> wish.without(known));
  }

  /**
   * A person is online, or is not.
   *
   * @return false when it was not told, since storage is away
   */
  public boolean tell(AccountKey account, Peer person, Presence presence) {
    try {
      store.tell(account, person, presence);
      return true;
    } catch (GatewayException e) {
      if (e.reason() != Reason.STORAGE_UNAVAILABLE) {
        throw e;
      }
      LOG.debug("{}: a presence is not told yet: {}", account, e.getMessage());
      return false;
    }
  }

  private PresenceWish follow(PresenceWish wish, Peer person) {
    if (!wish.online()) {
      throw new GatewayException(
          Reason.PRESENCE_OFFLINE, "the instance is not online, and told nothing of others");
    }
    PresenceWish after = wish.with(person);
    if (after.followed().size() > limit) {
      throw new GatewayException(
          Reason.TOO_MANY_PRESENCES, "the instance subscribed to as many as it may: " + limit);
    }
    return after;
  }

  private Peer known(AccountKey account, Peer person) {
    return contacts.find(account, person).map(Contact::peer).orElse(person);
  }
}
