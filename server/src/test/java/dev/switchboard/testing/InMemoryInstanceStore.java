package dev.switchboard.testing;

import dev.switchboard.instance.state.InstanceStore;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.Reason;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.event.EventPayload;
import dev.switchboard.model.event.Occurrence;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.InstanceSettings;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.instance.StateChange;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Instances in memory; remembers every transition that was stored. */
public final class InMemoryInstanceStore implements InstanceStore {
  private final Map<AccountKey, Instance> instances = new ConcurrentHashMap<>();
  private final Map<AccountKey, InMemoryRecords> records = new ConcurrentHashMap<>();
  private final List<StateChange> transitions = new CopyOnWriteArrayList<>();
  private final Map<AccountKey, Integer> bans = new ConcurrentHashMap<>();
  private final Outage outage = new Outage();
  private final List<EventPayload> told = new CopyOnWriteArrayList<>();
  private final Consumer<Occurrence> happened;

  public InMemoryInstanceStore() {
    this(_ -> {});
  }

  /** One that tells what happens to its instances, as the real one does. */
  public InMemoryInstanceStore(Consumer<Occurrence> happened) {
    this.happened = happened;
  }

  public Outage outage() {
    return outage;
  }

  /** Every transition that was stored, in order. */
  public List<StateChange> transitions() {
    return List.copyOf(transitions);
  }

  /** Everything that happened to instances, in order. */
  public List<EventPayload> told() {
    return List.copyOf(told);
  }

  @Override
  public void insert(Instance instance) {
    outage.check();
    if (instances.putIfAbsent(instance.key(), instance) != null) {
      throw new GatewayException(Reason.INSTANCE_EXISTS, "it exists");
    }
    tell(instance.key(), new EventPayload.InstanceCreated(instance));
  }

  @Override
  public Optional<Instance> find(AccountKey key) {
    outage.check();
    return Optional.ofNullable(instances.get(key));
  }

  @Override
  public List<Instance> list(TenantId tenant, String after, int limit) {
    return listAll(null, Integer.MAX_VALUE).stream()
        .filter(instance -> instance.key().tenant().equals(tenant))
        .filter(instance -> instance.key().instance().value().compareTo(after) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public List<Instance> listAll(@Nullable AccountKey after, int limit) {
    outage.check();
    return instances.values().stream()
        .filter(one -> after == null || one.key().toString().compareTo(after.toString()) > 0)
        .sorted(Comparator.comparing(one -> one.key().toString()))
        .limit(limit)
        .toList();
  }

  @Override
  public void transition(StateChange change) {
    outage.check();
    transitions.add(change);
    update(
        change.account(),
        now ->
            new Instance(
                now.key(),
                now.network(),
                now.displayName(),
                now.route(),
                now.wanted(),
                change.to(),
                change.cause(),
                change.detail(),
                change.until(),
                now.own(),
                now.createdAt(),
                change.at(),
                now.reachoutLock(),
                now.pacing()));
    find(change.account())
        .ifPresent(after ->
            tell(change.account(), new EventPayload.InstanceStateChanged(after, change.from())));
  }

  @Override
  public void settle(AccountKey key, InstanceSettings settings) {
    outage.check();
    update(
        key,
        now ->
            new Instance(
                now.key(),
                now.network(),
                settings.displayName(),
                settings.route(),
                now.wanted(),
                now.state(),
                now.cause(),
                now.detail(),
                now.until(),
                now.own(),
                now.createdAt(),
                now.stateChangedAt(),
                now.reachoutLock(),
                settings.pacing()));
    find(key).ifPresent(after -> tell(key, new EventPayload.InstanceSettingsChanged(after)));
  }

  @Override
  public void link(AccountKey key, @Nullable Peer own) {
    outage.check();
    if (own == null) {
      records(key).clear();
      bans.remove(key);
      instances.computeIfPresent(key, (ignored, now) -> now.under(null));
    }
    update(
        key,
        now ->
            new Instance(
                now.key(),
                now.network(),
                now.displayName(),
                now.route(),
                own != null && now.wanted(),
                now.state(),
                now.cause(),
                now.detail(),
                now.until(),
                own,
                now.createdAt(),
                now.stateChangedAt(),
                now.reachoutLock(),
                now.pacing()));
  }

  @Override
  public void lockReachout(AccountKey key, @Nullable ReachoutLock lock) {
    outage.check();
    instances.computeIfPresent(key, (ignored, now) -> now.under(lock));
    tell(key, new EventPayload.ReachoutLockChanged(lock));
  }

  @Override
  public void countBans(AccountKey key, int inARow) {
    outage.check();
    bans.put(key, inARow);
  }

  @Override
  public int bansInARow(AccountKey key) {
    outage.check();
    return bans.getOrDefault(key, 0);
  }

  @Override
  public void want(AccountKey key, boolean wanted) {
    outage.check();
    update(
        key,
        now ->
            new Instance(
                now.key(),
                now.network(),
                now.displayName(),
                now.route(),
                wanted,
                now.state(),
                now.cause(),
                now.detail(),
                now.until(),
                now.own(),
                now.createdAt(),
                now.stateChangedAt(),
                now.reachoutLock(),
                now.pacing()));
  }

  @Override
  public boolean delete(AccountKey key) {
    outage.check();
    boolean deleted = instances.remove(key) != null;
    if (deleted) {
      tell(key, new EventPayload.InstanceDeleted());
    }
    return deleted;
  }

  @Override
  public InMemoryRecords records(AccountKey key) {
    return records.computeIfAbsent(key, ignored -> new InMemoryRecords(outage));
  }

  private void tell(AccountKey key, EventPayload payload) {
    told.add(payload);
    happened.accept(new Occurrence(key, null, payload));
  }

  private void update(AccountKey key, UnaryOperator<Instance> change) {
    instances.computeIfPresent(key, (ignored, now) -> change.apply(now).under(now.reachoutLock()));
  }
}
