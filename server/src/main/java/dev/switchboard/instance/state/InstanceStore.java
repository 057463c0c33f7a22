package dev.switchboard.instance.state;

import dev.switchboard.connector.AccountRecords;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.Reason;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.InstanceSettings;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.instance.StateChange;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where instances are stored. Every method throws STORAGE_UNAVAILABLE when storage is away. */
public interface InstanceStore {
  /**
   * Stores a new instance.
   *
   * @throws GatewayException INSTANCE_EXISTS or TENANT_NOT_FOUND
   */
  void insert(Instance instance);

  Optional<Instance> find(AccountKey key);

  /** The same, and never from memory: in it is every change of which an event was told. */
  default Optional<Instance> stored(AccountKey key) {
    return find(key);
  }

  /** The instance, or INSTANCE_NOT_FOUND. */
  default Instance existing(AccountKey key) {
    return find(key).orElseThrow(() -> absent(key));
  }

  /** What is thrown when there is no instance of this key. */
  static GatewayException absent(AccountKey key) {
    return new GatewayException(
        Reason.INSTANCE_NOT_FOUND, "there is no instance '" + key.instance() + "'");
  }

  /** In order of id, after the given one ("" from the start). */
  List<Instance> list(TenantId tenant, String after, int limit);

  /** Every instance of every tenant, in order of key, after the given one (null from the start). */
  List<Instance> listAll(@Nullable AccountKey after, int limit);

  /** Stores what callers chose for it. */
  void settle(AccountKey key, InstanceSettings settings);

  /** Stores where the transition leads. Nothing happens when the instance was deleted. */
  void transition(StateChange change);

  /**
   * Stores who the account is on the network, or with null that it is unlinked: then it is wanted
   * no more and its engine's records are gone, all in one step, so that dead credentials are never
   * used again whatever happens in between.
   */
  void link(AccountKey key, @Nullable Peer own);

  /** Stores that the account is under a reach-out lock, or with null that it is not any more. */
  void lockReachout(AccountKey key, @Nullable ReachoutLock lock);

  /**
   * Stores how often the network banned the account for a time since a connection last worked for a
   * while: a restart is no reason to be less careful.
   */
  void countBans(AccountKey key, int inARow);

  /** What was counted last; 0 for an account that was unlinked since. */
  int bansInARow(AccountKey key);

  /** Stores whether the gateway should keep it connected. */
  void want(AccountKey key, boolean wanted);

  /** Removes the instance with its records and messages; false when there was none. */
  boolean delete(AccountKey key);

  /** The durable state of one account's engine. */
  AccountRecords records(AccountKey key);
}
