package dev.switchboard.instance.account;

import dev.switchboard.instance.pairing.Feed;
import dev.switchboard.instance.pairing.PairingEvent;
import dev.switchboard.instance.state.InstanceStore;
import dev.switchboard.instance.state.Transition;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.PairingMethod;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the account is linked, and what those are told who wait for that. Belongs to the
 * account's thread, but for {@link #shown} and {@link #method}.
 */
final class Linking {
  private final AccountKey account;
  private final PairingMethod method;
  private final InstanceStore instances;
  private final Feed<PairingEvent> pairings;
  private boolean linked;
  private boolean pairing;
  private volatile @Nullable PairingEvent shown;

  Linking(
      Instance instance,
      PairingMethod method,
      InstanceStore instances,
      Feed<PairingEvent> pairings) {
    this.account = instance.key();
    this.method = method;
    this.instances = instances;
    this.pairings = pairings;
    this.linked = instance.linked();
    this.pairing = !linked;
  }

  PairingMethod method() {
    return method;
  }

  /** Whether the account is linked, and so worth connecting again. */
  boolean linked() {
    return linked;
  }

  /** The pairing code that is shown now, if any; may be asked by any thread. */
  Optional<PairingEvent> shown() {
    return Optional.ofNullable(shown);
  }

  void show(PairingEvent event) {
    shown = event;
    pairings.publish(event);
  }

  /** The code that was shown leads nowhere any more. */
  void hide() {
    shown = null;
  }

  void paired(Peer own) {
    linked = true; // The engine holds credentials now, whatever becomes of the next lines.
    shown = null;
    store(own);
  }

  /** Settles a pairing that storage could not take in, too. */
  void loggedIn(Peer own) {
    linked = true;
    store(own);
  }

  /** The network unlinked the account. */
  void undone() {
    linked = false;
    instances.link(account, null);
  }

  /** Tells those who wait that nothing comes of it. */
  void failed(Transition why) {
    pairings.publish(new PairingEvent.Failed(account, why.cause(), why.detail()));
  }

  private void store(Peer own) {
    instances.link(account, own);
    if (pairing) {
      instances.want(account, true);
      pairing = false;
      pairings.publish(new PairingEvent.Paired(account, own));
    }
  }
}
