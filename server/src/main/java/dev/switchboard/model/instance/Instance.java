package dev.switchboard.model.instance;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.pacing.PacingPolicy;
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
 * @param pacing how fast it may send, or null for what its network has by default
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
    @Nullable ReachoutLock reachoutLock,
    @Nullable PacingPolicy pacing) {

  /** An instance without a lock, with the pacing that its network has by default. */
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
        null,
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
        lock,
        pacing);
  }

  /** How fast it may send: what was chosen for it, or else what its network has by default. */
  public PacingPolicy effectivePacing() {
    return pacing == null ? network.standardPacing() : pacing;
  }

  /** What callers chose for it. */
  public InstanceSettings settings() {
    return new InstanceSettings(displayName, route, pacing);
  }

  /** Whether credentials of a link are held. */
  public boolean linked() {
    return own != null && state != InstanceState.LOGGED_OUT;
  }
}
