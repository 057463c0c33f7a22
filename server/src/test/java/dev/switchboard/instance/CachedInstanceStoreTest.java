package dev.switchboard.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.instance.state.CachedInstanceStore;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Lid;
import dev.switchboard.model.Peer;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.InstanceSettings;
import dev.switchboard.model.instance.InstanceState;
import dev.switchboard.model.instance.Proxy;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.model.instance.StateChange;
import dev.switchboard.testing.InMemoryInstanceStore;
import dev.switchboard.testing.Samples;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every method that writes is followed by a read that sees it. */
class CachedInstanceStoreTest {
  private static final AccountKey KEY = Samples.ACCOUNT;
  private static final Instance SHOP = Samples.linked(KEY, InstanceState.READY, true);

  private final InMemoryInstanceStore stored = new InMemoryInstanceStore();
  private final CachedInstanceStore store = new CachedInstanceStore(stored, 10);

  @BeforeEach
  void askOnce() {
    assertThat(store.find(KEY)).isEmpty();
    store.insert(SHOP);
    assertThat(found()).isEqualTo(SHOP);
  }

  @Test
  void seesATransition() {
    store.transition(
        new StateChange(
            KEY,
            InstanceState.READY,
            InstanceState.DISCONNECTED,
            StateCause.CONNECTION_LOST,
            "",
            null,
            Instant.EPOCH));
    assertThat(found().state()).isEqualTo(InstanceState.DISCONNECTED);
    seesWhatIsStored();
  }

  @Test
  void seesSettings() {
    var proxy = new Proxy(Proxy.Scheme.HTTP, "10.0.0.1", 1, null);
    store.settle(KEY, new InstanceSettings("The other shop", proxy));
    assertThat(found().displayName()).isEqualTo("The other shop");
    assertThat(found().route()).isEqualTo(proxy);
    seesWhatIsStored();
  }

  @Test
  void seesALinkAndItsEnd() {
    Peer own = Peer.of(new Lid("42"));
    store.link(KEY, own);
    assertThat(found().own()).isEqualTo(own);
    store.want(KEY, true);
    assertThat(found().wanted()).isTrue();
    store.link(KEY, null);
    assertThat(found().own()).isNull();
    seesWhatIsStored();
  }

  @Test
  void seesAReachoutLock() {
    var lock = new ReachoutLock(Instant.EPOCH, null);
    store.lockReachout(KEY, lock);
    assertThat(found().reachoutLock()).isEqualTo(lock);
    store.lockReachout(KEY, null);
    assertThat(found().reachoutLock()).isNull();
    store.countBans(KEY, 3);
    assertThat(store.bansInARow(KEY)).isEqualTo(3);
    seesWhatIsStored();
  }

  @Test
  void seesADeletionAndAnotherInstanceOfTheSameName() {
    assertThat(store.delete(KEY)).isTrue();
    assertThat(store.find(KEY)).isEmpty();
    assertThat(store.delete(KEY)).isFalse();
    store.insert(SHOP);
    assertThat(found()).isEqualTo(SHOP);
  }

  @Test
  void needsNoStorageForWhatWasAskedBefore() {
    stored.outage().begin();
    assertThat(found()).isEqualTo(SHOP);
  }

  private void seesWhatIsStored() {
    assertThat(store.find(KEY)).isEqualTo(stored.find(KEY));
    assertThat(store.list(KEY.tenant(), "", 10)).containsExactly(found());
  }

  private Instance found() {
    return store.existing(KEY);
  }
}
