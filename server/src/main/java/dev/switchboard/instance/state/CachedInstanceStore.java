package dev.switchboard.instance.state;

import dev.switchboard.cache.WriteThrough;
import dev.switchboard.connector.AccountRecords;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.InstanceSettings;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.instance.StateChange;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Instances in memory once they were asked for, in front of the store that holds them. */
public final class CachedInstanceStore implements InstanceStore {
  private final InstanceStore store;
  private final WriteThrough<AccountKey, Instance> cache;

  public CachedInstanceStore(InstanceStore store, int limit) {
    this.store = store;
    this.cache = new WriteThrough<>(limit);
  }

  @Override
  public Optional<Instance> find(AccountKey key) {
    return cache.find(key, () -> store.find(key));
  }

  /** What is kept is older than the store for a moment, while a change is on its way here. */
  @Override
  public Optional<Instance> stored(AccountKey key) {
    return store.stored(key);
  }

  @Override
  public void insert(Instance instance) {
    change(instance.key(), () -> store.insert(instance));
  }

  @Override
  public void settle(AccountKey key, InstanceSettings settings) {
    change(key, () -> store.settle(key, settings));
  }

  @Override
  public void transition(StateChange change) {
    change(change.account(), () -> store.transition(change));
  }

  @Override
  public void link(AccountKey key, @Nullable Peer own) {
    change(key, () -> store.link(key, own));
  }

  @Override
  public void lockReachout(AccountKey key, @Nullable ReachoutLock lock) {
    change(key, () -> store.lockReachout(key, lock));
  }

  @Override
  public void want(AccountKey key, boolean wanted) {
    change(key, () -> store.want(key, wanted));
  }

  @Override
  public boolean delete(AccountKey key) {
    return cache.change(key, () -> store.delete(key), () -> store.find(key));
  }

  @Override
  public List<Instance> list(TenantId tenant, String after, int limit) {
    return store.list(tenant, after, limit);
  }

  @Override
  public List<Instance> listAll(@Nullable AccountKey after, int limit) {
    return store.listAll(after, limit);
  }

  @Override
  public void countBans(AccountKey key, int inARow) {
    change(key, () -> store.countBans(key, inARow));
  }

  @Override
  public int bansInARow(AccountKey key) {
    return store.bansInARow(key);
  }

  @Override
  public AccountRecords records(AccountKey key) {
    return store.records(key);
  }

  private void change(AccountKey key, Runnable write) {
    boolean _ =
        cache.change(
            key,
            () -> {
              write.run();
              return true;
            },
            () -> store.find(key));
  }
}
