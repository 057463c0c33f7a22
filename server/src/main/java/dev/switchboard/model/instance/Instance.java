package dev.switchboard.model.instance;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One account of one tenant.
 *
 * @param displayName free text of at most 128 characters, for people
 * @param route how its traffic reaches the network
 * @param wanted whether the gateway should keep it connected
 * @param own who the account is on the network, or null while it is not linked
 * @param reachoutLock the lock that it is under as far as was told, or null
 */
public record Instance(
    AccountKey key,
    Network network,
    String displayName,
    Route route,
    boolean wanted,
    InstanceState state,
    StateCause cause,
    String detail,
    @Nullable Instant until,
    @Nullable Peer own,
    Instant createdAt,
    Instant stateChangedAt,
    @Nullable ReachoutLock reachoutLock) {

  /** An instance without a lock. */
  public Instance(
      AccountKey key,
      Network network,
      String displayName,
      Route route,
      boolean wanted,
      InstanceState state,
      StateCause cause,
      String detail,
      @Nullable Instant until,
      @Nullable Peer own,
      Instant createdAt,
      Instant stateChangedAt) {
    this(
        key,
        network,
        displayName,
        route,
        wanted,
        state,
        cause,
        detail,
        until,
        own,
        createdAt,
        stateChangedAt,
        null);
  }

  /** The same under another lock, or under none. */
  public Instance under(@Nullable ReachoutLock lock) {
    return new Instance(
        key,
        network,
        displayName,
        route,
        wanted,
        state,
        cause,
        detail,
        until,
        own,
        createdAt,
        stateChangedAt,
        lock);
  }

  /** What callers chose for it. */
  public InstanceSettings settings() {
    return new InstanceSettings(displayName, route);
  }

  /** Whether credentials of a link are held. */
  public boolean linked() {
    return own != null && state != InstanceState.LOGGED_OUT;
  }
}
