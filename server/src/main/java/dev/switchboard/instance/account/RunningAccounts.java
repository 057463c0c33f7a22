package dev.switchboard.instance.account;

import dev.switchboard.instance.reconnect.Comeback;
import dev.switchboard.instance.state.InstanceStore;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.PairingMethod;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The accounts that are run: at most one runner each, on a virtual thread of its own. */
public final class RunningAccounts {
  private static final Logger LOG = LoggerFactory.getLogger(RunningAccounts.class);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  /** How long an account may take to end by itself; then it is cut short. */
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(3);

  private final InstanceStore store;
  private final RunnerFactory factory;
  private final ConcurrentMap<AccountKey, AccountRunner> runners = new ConcurrentHashMap<>();
  private volatile boolean closed;

  public RunningAccounts(InstanceStore store, RunnerFactory factory) {
    this.store = store;
    this.factory = factory;
  }

  /** How many they are. */
  public int size() {
    return runners.size();
  }

  /** What runs the account; empty when it is not run. */
  public Optional<AccountRunner> find(AccountKey key) {
    return Optional.ofNullable(runners.get(key));
  }

  /**
   * Runs the account, unless it runs already; answers with the run that was there.
   *
   * @param method without meaning for an account that is linked
   * @param beforeFresh done before a new run tells anything
   */
  public Optional<AccountRunner> start(
      AccountKey key, Comeback.Beginning beginning, PairingMethod method, Runnable beforeFresh)
      throws InterruptedException {
    while (true) {
      AccountRunner present = runners.get(key);
      if (present == null) {
        AccountRunner fresh = runner(store.existing(key), beginning, method);
        if (runners.putIfAbsent(key, fresh) == null) {
          begin(key, fresh, beforeFresh);
          return Optional.empty();
        }
      } else if (present.over()) {
        present.end().require(STOP_LIMIT);
      } else {
        return Optional.of(present);
      }
    }
  }

  /** Ends the account's connection and waits until it has ended; false when it is not run. */
  public boolean stop(AccountKey key) throws InterruptedException {
    AccountRunner runner = runners.get(key);
    if (runner == null) {
      return false;
    }
    runner.stop(AccountRunner.Stop.REQUESTED);
    if (!runner.end().await(STOP_PATIENCE)) {
      LOG.warn("{}: did not end within {} and is cut short", key, STOP_PATIENCE);
      runner.interrupt();
      runner.end().require(STOP_LIMIT);
    }
    return true;
  }

  /** Unlinks the account and waits until that has ended the connection; false when it has none. */
  public boolean unlink(AccountKey key) throws InterruptedException {
    AccountRunner runner = runners.get(key);
    if (runner == null) {
      return false;
    }
    runner.unlink();
    runner.end().require(STOP_LIMIT);
    return true;
  }

  /** Ends every account because the gateway ends; none is started after that. */
  public void shutDown() throws InterruptedException {
    closed = true;
    List<AccountRunner> all = List.copyOf(runners.values());
    all.forEach(runner -> runner.stop(AccountRunner.Stop.GATEWAY_RESTART));
    long deadline = System.nanoTime() + STOP_LIMIT.toNanos();
    for (AccountRunner runner : all) { // One limit for all: they end side by side.
      if (!runner.end().await(Duration.ofNanos(deadline - System.nanoTime()))) {
        runner.interrupt();
      }
    }
  }

  private AccountRunner runner(
      Instance instance, Comeback.Beginning beginning, PairingMethod method) {
    if (closed) {
      throw shuttingDown();
    }
    return factory.runner(instance, beginning, method);
  }

  private void begin(AccountKey key, AccountRunner fresh, Runnable beforeFresh) {
    if (closed) { // Looked at after joining, so that none slips past the end.
      runners.remove(key, fresh);
      fresh.end().mark();
      throw shuttingDown();
    }
    beforeFresh.run();
    Thread.ofVirtual().name("account " + key).start(() -> run(key, fresh));
  }

  private void run(AccountKey key, AccountRunner runner) {
    try {
      runner.run();
    } finally {
      runners.remove(key, runner);
      runner.end().mark();
    }
  }

  private static GatewayException shuttingDown() {
    return new GatewayException(Reason.SHUTTING_DOWN, "the gateway is shutting down");
  }
}
