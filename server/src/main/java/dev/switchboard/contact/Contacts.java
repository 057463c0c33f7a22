package dev.switchboard.contact;

import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.connector.NamedPeer;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.Reason;
import dev.switchboard.model.contact.ChatState;
import dev.switchboard.model.contact.Contact;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores what becomes known of people, on the account's own thread; and tells it who asks. */
public final class Contacts {
  private static final Logger LOG = LoggerFactory.getLogger(Contacts.class);

  private final ContactStore store;

  public Contacts(ContactStore store) {
    this.store = store;
  }

  /** The two names of each of these people are one person; as {@link ConnectorHost} says. */
  public void merged(
      AccountKey account, List<Peer> people, boolean historical, List<RecordChange> changes) {
    requireBounded(people);
    if (!people.stream().allMatch(peer -> peer.phoneNumber() != null && peer.lid() != null)) {
      throw new IllegalArgumentException("a person of one name is no merge");
    }
    var _ = store.merge(account, people, historical, changes);
  }

  /** Somebody's security code changed. */
  public void identityChanged(
      AccountKey account, Peer person, Instant at, List<RecordChange> changes) {
    var _ = store.changeIdentity(account, person, at, changes);
  }

  /** This is what people are called; as {@link ConnectorHost} says. */
  public void named(
      AccountKey account, List<NamedPeer> people, boolean historical, List<RecordChange> changes) {
    requireBounded(people);
    var _ = store.name(account, people, historical, changes);
  }

  /** This is what a person does; nobody waits for storage because of it. */
  public void chatState(AccountKey account, Peer chat, ChatState state) {
    try {
      store.chatState(account, chat, state);
    } catch (GatewayException e) {
      if (e.reason() != Reason.STORAGE_UNAVAILABLE) {
        throw e;
      }
      LOG.debug("{}: what somebody does is not told: {}", account, e.getMessage());
    }
  }

  /**
   * The person of this name.
   *
   * @throws GatewayException CONTACT_NOT_FOUND when the account knows nobody of this name
   */
  public Contact find(AccountKey account, Peer peer) {
    return store
        .find(account, peer)
        .orElseThrow(() ->
            new GatewayException(
                Reason.CONTACT_NOT_FOUND, "the instance knows nobody of this name"));
  }

  public ContactPage list(AccountKey account, @Nullable Long after, int limit) {
    if (limit < 1 || limit > ContactPage.LIMIT) {
      throw GatewayException.invalidField("page_size", "must be 1 to " + ContactPage.LIMIT);
    }
    return store.list(account, after, limit);
  }

  private static void requireBounded(Collection<?> people) {
    if (people.size() > ConnectorHost.MOST_PEOPLE) {
      throw new IllegalArgumentException(people.size() + " people at once");
    }
  }
}
