package dev.switchboard.testing;

import dev.switchboard.contact.PresenceStore;
import dev.switchboard.instance.state.InstanceStore;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.Reason;
import dev.switchboard.model.contact.Presence;
import dev.switchboard.model.contact.PresenceWish;
import dev.switchboard.model.event.EventPayload;
import dev.switchboard.model.event.EventPayload.PresenceChanged;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What is wanted of presence, in memory. */
public final class InMemoryPresenceStore implements PresenceStore {
  private final InstanceStore instances;
  private final Map<AccountKey, PresenceWish> wishes = new HashMap<>();
  private final List<PresenceChanged> told = new ArrayList<>();

  public InMemoryPresenceStore(InstanceStore instances) {
    this.instances = instances;
  }

  @Override
  public synchronized PresenceWish find(AccountKey account) {
    return wishes.getOrDefault(account, PresenceWish.NONE);
  }

  @Override
  public synchronized PresenceWish change(AccountKey account, UnaryOperator<PresenceWish> change) {
    if (instances.existing(account).own() == null) {
      throw new GatewayException(Reason.INSTANCE_NOT_LINKED, "not linked");
    }
    PresenceWish after = change.apply(find(account));
    wishes.put(account, after);
    return after;
  }

  @Override
  public synchronized void tell(AccountKey account, Peer person, Presence presence) {
    told.add(new EventPayload.PresenceChanged(person, presence));
  }

  /** All that was told, of whichever account. */
  public synchronized List<PresenceChanged> told() {
    return List.copyOf(told);
  }
}
