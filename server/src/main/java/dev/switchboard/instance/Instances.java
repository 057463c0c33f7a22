package dev.switchboard.instance;

import dev.switchboard.connector.capability.OwnProfile;
import dev.switchboard.instance.account.AccountRunner;
import dev.switchboard.instance.pairing.Feed;
import dev.switchboard.instance.pairing.PairingEvent;
import dev.switchboard.instance.pairing.Subscription;
import dev.switchboard.instance.state.InstanceStore;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.instance.ConnectionHealth;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.InstanceSettings;
import dev.switchboard.model.instance.InstanceState;
import dev.switchboard.model.instance.Network;
import dev.switchboard.model.instance.PairingMethod;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.instance.StateCause;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What callers may do with instances. */
public final class Instances {
  private final InstanceStore store;
  private final Supervisor supervisor;
  private final Pairing pairing;
  private final InstantSource clock;

  public Instances(
      InstanceStore store,
      Supervisor supervisor,
      Feed<PairingEvent> pairings,
      InstantSource clock) {
    this.store = store;
    this.supervisor = supervisor;
    this.pairing = new Pairing(store, supervisor, pairings);
    this.clock = clock;
  }

  /** Creates an instance that is not linked yet. */
  public Instance create(AccountKey key, Network network, InstanceSettings settings) {
    supervisor.requireAvailable(network);
    Instant now = clock.instant();
    Instance instance =
        new Instance(
            key,
            network,
            settings.displayName(),
            settings.route(),
            false,
            InstanceState.NOT_STARTED,
            StateCause.REQUESTED,
            "",
            null,
            null,
            now,
            now,
            null,
            settings.pacing());
    store.insert(instance);
    return instance;
  }

  /** The instance, or INSTANCE_NOT_FOUND. */
  public Instance find(AccountKey key) {
    return store.existing(key);
  }

  /** The same as storage has it, with every change of which an event was told. */
  public Instance stored(AccountKey key) {
    return store.stored(key).orElseThrow(() -> InstanceStore.absent(key));
  }

  /**
   * How an instance is doing.
   *
   * @param connection what is known of its connection; empty while it has none
   * @param reconnects how often it connected again within the last hour
   * @param lock the reach-out lock that holds now, if any
   */
  public record Health(
      Instance instance,
      Optional<ConnectionHealth> connection,
      int reconnects,
      Optional<ReachoutLock> lock) {}

  /** The evidence by which the instance is judged, or INSTANCE_NOT_FOUND. */
  public Health health(AccountKey key) {
    Instance instance = find(key);
    Optional<ReachoutLock> lock = Optional.ofNullable(instance.reachoutLock());
    return supervisor.health(instance, lock.filter(known -> known.holds(clock.instant())));
  }

  public List<Instance> list(TenantId tenant, String after, int limit) {
    return store.list(tenant, after, limit);
  }

  /**
   * Changes what callers chose for the instance. Another route is taken at once: what is connected
   * or tries to connect begins anew along it.
   */
  public Instance update(AccountKey key, UnaryOperator<InstanceSettings> change)
      throws InterruptedException {
    return supervisor.inTurn(key, () -> settle(find(key), change));
  }

  private Instance settle(Instance before, UnaryOperator<InstanceSettings> change) {
    InstanceSettings after = change.apply(before.settings());
    if (after.equals(before.settings())) {
      return before;
    }
    if (before.wanted()) {
      supervisor.requireAllowed(before.network(), after.route());
    }
    store.settle(before.key(), after);
    supervisor.rulesChanged(before.key());
    if (!after.route().equals(before.route())) {
      supervisor.reroute(before.key());
    }
    return find(before.key());
  }

  /**
   * Gives the owner of the account another name, on all devices.
   *
   * @param pushName 1 to 25 characters
   * @throws GatewayException INSTANCE_NOT_LINKED; INSTANCE_NOT_READY; CAPABILITY_UNSUPPORTED; as
   *     {@link OwnProfile#rename} says
   */
  public void rename(AccountKey key, String pushName) throws InterruptedException {
    requireLinked(find(key));
    supervisor.capability(key, OwnProfile.class).rename(pushName);
  }

  /** Removes the instance and all it holds; unlinks the device first where that is possible. */
  public void delete(AccountKey key) throws InterruptedException {
    boolean _ =
        supervisor.inTurn(
            key,
            () -> {
              find(key);
              supervisor.unlinkIfConnected(key);
              supervisor.stop(key);
              supervisor.forget(key);
              return store.delete(key);
            });
  }

  /** Connects a linked instance and keeps it connected from now on, over restarts too. */
  public Instance start(AccountKey key) throws InterruptedException {
    return supervisor.inTurn(
        key,
        () -> {
          Instance instance = find(key);
          requireLinked(instance);
          supervisor.requireAllowed(instance.network(), instance.route());
          store.want(key, true);
          Optional<AccountRunner> _ = supervisor.start(key, PairingMethod.QR_CODE, () -> {});
          return find(key);
        });
  }

  /** Closes the connection and keeps the credentials. */
  public Instance stop(AccountKey key) throws InterruptedException {
    return supervisor.inTurn(
        key,
        () -> {
          find(key);
          store.want(key, false);
          supervisor.stop(key);
          store.want(key, false); // A pairing that was just done has wanted it in between.
          return find(key);
        });
  }

  /** Unlinks the device from the account; needs the connection. */
  public Instance logOut(AccountKey key) throws InterruptedException {
    return supervisor.inTurn(
        key,
        () -> {
          requireLinked(find(key));
          supervisor.unlink(key);
          return find(key);
        });
  }

  /**
   * Starts linking the instance, or joins the linking that is under way. The subscription begins
   * with the code that is shown now, if any, and nothing follows Paired or Failed. Leaving it does
   * not end the linking; {@link #stop} does.
   *
   * @throws GatewayException PAIRING_UNDER_WAY when it is by another method or number
   */
  public Subscription<PairingEvent> pair(AccountKey key, PairingMethod method)
      throws InterruptedException {
    return pairing.join(key, method);
  }

  private static void requireLinked(Instance instance) {
    if (!instance.linked()) {
      throw new GatewayException(
          Reason.INSTANCE_NOT_LINKED, "the instance is not linked to an account; pair it first");
    }
  }
}
