package dev.switchboard.instance;

import dev.switchboard.instance.account.AccountRunner;
import dev.switchboard.instance.account.RunningAccounts;
import dev.switchboard.instance.reconnect.Comeback;
import dev.switchboard.instance.state.InstanceStore;
import dev.switchboard.instance.state.States;
import dev.switchboard.instance.state.Transition;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.InstanceState;
import dev.switchboard.model.instance.PairingMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings back, at the start of the gateway, every account that is wanted. Messages are accepted by
 * then: if storage goes away it waits for it, as everybody does.
 */
final class Restoration {
  private static final Logger LOG = LoggerFactory.getLogger(Restoration.class);
  private static final int PAGE = 500;
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final InstanceStore store;
  private final States states;
  private final Turns turns;
  private final RunningAccounts accounts;

  Restoration(InstanceStore store, States states, Turns turns, RunningAccounts accounts) {
    this.store = store;
    this.states = states;
    this.turns = turns;
    this.accounts = accounts;
  }

  /** Starts those that are wanted, and tells of each that it is not connected yet. */
  void run() throws InterruptedException {
    @Nullable AccountKey after = null;
    List<Instance> page;
    do {
      AccountKey last = after;
      page = patiently(() -> store.listAll(last, PAGE));
      for (Instance instance : page) {
        after = instance.key();
        patiently(() -> restoreInTurn(instance.key()));
      }
    } while (page.size() == PAGE);
  }

  /** Does it as soon as storage is there. What was done of it before is not done twice. */
  private static <T> T patiently(Turns.Command<T> command) throws InterruptedException {
    boolean waited = false;
    while (true) {
      try {
        return command.run();
      } catch (GatewayException e) {
        if (e.reason() != Reason.STORAGE_UNAVAILABLE) {
          throw e;
        }
        if (!waited) {
          LOG.warn("Accounts are brought back when storage is: {}", e.getMessage());
        }
        waited = true;
        Thread.sleep(PAUSE);
      }
    }
  }

  /** One account that cannot be run must not keep the others from coming back. */
  private Optional<Instance> restoreInTurn(AccountKey key) throws InterruptedException {
    try {
      return turns.take(
          key,
          () -> {
            Optional<Instance> found = store.find(key);
            if (found.isPresent()) {
              restore(found.get());
            }
            return found;
          });
    } catch (GatewayException e) {
      if (e.reason() == Reason.STORAGE_UNAVAILABLE || e.reason() == Reason.SHUTTING_DOWN) {
        throw e;
      }
      LOG.error("{}: is not brought back: {}", key, e.getMessage());
      return Optional.empty();
    }
  }

  private void restore(Instance instance) throws InterruptedException {
    AccountKey key = instance.key();
    if (accounts.find(key).isPresent()) {
      return; // A caller was faster.
    }
    boolean wanted = instance.wanted() && instance.linked();
    Optional<Transition> shown = Transition.whenRestarted(instance.state(), wanted);
    shown.ifPresent(next -> states.move(key, Transition.of(instance), next));
    Optional<Instant> endOfBan = Comeback.endOfBan(instance);
    if (wanted && (endOfBan.isPresent() || instance.state() != InstanceState.AUTH_FAILED)) {
      var beginning = new Comeback.Beginning(endOfBan.orElse(null), true);
      Optional<AccountRunner> _ = accounts.start(key, beginning, PairingMethod.QR_CODE, () -> {});
    }
  }
}
