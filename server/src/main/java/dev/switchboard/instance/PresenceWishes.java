package dev.switchboard.instance;

import dev.switchboard.contact.Presences;
import dev.switchboard.instance.state.InstanceStore;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.contact.PresenceWish;
import dev.switchboard.model.instance.Instance;

/**
 * What callers may ask of presence. It is kept first, and done at once if the instance is
 * connected, otherwise when it is. Whatever changes something throws INSTANCE_NOT_LINKED.
 */
public final class PresenceWishes {
  private final InstanceStore instances;
  private final Presences presences;
  private final Supervisor supervisor;

  public PresenceWishes(InstanceStore instances, Presences presences, Supervisor supervisor) {
    this.instances = instances;
    this.presences = presences;
    this.supervisor = supervisor;
  }

  /** What is wanted, or INSTANCE_NOT_FOUND. */
  public PresenceWish find(AccountKey key) {
    return presences.wish(instances.existing(key).key());
  }

  /** Whether the account is to be seen online. */
  public void appear(AccountKey key, boolean online) {
    var _ = presences.appear(key, online);
    supervisor.presenceWished(key);
  }

  /**
   * Has events made from now on of whether a person is online.
   *
   * @return the person, under every name that is known
   * @throws GatewayException PRESENCE_OFFLINE when the account is not; TOO_MANY_PRESENCES;
   *     INVALID_FIELD for the account's own number
   */
  public Peer follow(AccountKey key, Peer person) {
    Instance instance = instances.existing(key);
    if (instance.own() != null && instance.own().sharesNameWith(person)) {
      throw GatewayException.invalidField("peer", "must be somebody else");
    }
    Peer known = presences.follow(key, person);
    supervisor.presenceWished(key);
    return known;
  }

  /** Has no more events made of it; a person who is not followed stays so. */
  public void unfollow(AccountKey key, Peer person) {
    presences.unfollow(key, person);
    supervisor.presenceWished(key);
  }
}
