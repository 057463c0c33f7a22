package dev.switchboard.instance;

import dev.switchboard.connector.Connector;
import dev.switchboard.connector.ConnectorFactory;
import dev.switchboard.contact.Contacts;
import dev.switchboard.inbox.Feed;
import dev.switchboard.inbox.Inbox;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.InstanceState;
import dev.switchboard.model.instance.Network;
import dev.switchboard.model.instance.PairingMethod;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.instance.Route;
import dev.switchboard.model.instance.RoutePolicy;
import dev.switchboard.outbox.OutboxStore;
import dev.switchboard.outbox.Senders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the accounts that are wanted: one virtual thread each, restored at start. */
public final class Supervisor {
  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
  private static final int PAGE = 500;
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final Duration TURN_LIMIT = Duration.ofSeconds(15);

  private final Map<Network, ConnectorFactory> networks;
  private final InstanceStore store;
  private final StateFeed states;
  private final AccountHost.Parts parts;
  private final Admission admission;
  private final ReconnectPolicy reconnect;
  private final RandomGenerator random;
  private final InstantSource clock;
  private final Turns turns = new Turns(TURN_LIMIT);
  private final ConcurrentMap<AccountKey, AccountRunner> runners = new ConcurrentHashMap<>();
  private volatile boolean closed;

  public Supervisor(
      Map<Network, ConnectorFactory> networks,
      InstanceStore store,
      Feed<InstanceEvent> changes,
      Feed<PairingEvent> pairings,
      OutboxStore outbox,
      Senders senders,
      Inbox inbox,
      Contacts contacts,
      Admission admission,
      ReconnectPolicy reconnect,
      RoutePolicy routes,
      InstantSource clock,
      RandomGenerator random) {
    this.networks = Map.copyOf(networks);
    this.store = store;
    this.states = new StateFeed(store, changes, clock);
    this.parts =
        new AccountHost.Parts(
            store, states, pairings, outbox, senders, inbox, contacts, clock, routes);
    this.admission = admission;
    this.reconnect = reconnect;
    this.random = random;
    this.clock = clock;
  }

  /** Brings back every account that is wanted, and tells of each that it is not connected yet. */
  public void restore() throws InterruptedException {
    @Nullable AccountKey after = null;
    List<Instance> page;
    do {
      page = store.listAll(after, PAGE);
      for (Instance instance : page) {
        after = instance.key();
        restoreInTurn(after);
      }
    } while (page.size() == PAGE);
  }

  /** Ends every account, keeping what is wanted for the next start. */
  public void shutDown() throws InterruptedException {
    closed = true;
    List<AccountRunner> all = List.copyOf(runners.values());
    all.forEach(runner -> runner.stop(AccountRunner.Stop.GATEWAY_RESTART));
    long deadline = System.nanoTime() + STOP_LIMIT.toNanos();
    for (AccountRunner runner : all) { // One limit for all: they end side by side.
      if (!runner.awaitEnd(Duration.ofNanos(deadline - System.nanoTime()))) {
        runner.interrupt();
      }
    }
  }

  Instances.Health health(Instance instance, Optional<ReachoutLock> lock) {
    AccountRunner runner = runners.get(instance.key());
    return runner == null
        ? new Instances.Health(instance, Optional.empty(), 0, lock)
        : new Instances.Health(instance, runner.connector().health(), runner.reconnects(), lock);
  }

  /** How many accounts are being run. */
  public int running() {
    return runners.size();
  }

  void requireAvailable(Network network) {
    factory(network);
  }

  /** Refuses, with PROXY_REQUIRED, a route that the operator does not allow. */
  void requireAllowed(Network network, Route route) {
    parts.routes().require(network, route);
  }

  /** The account's route was changed: if it is run, it connects anew along it. */
  void reroute(AccountKey key) {
    AccountRunner runner = runners.get(key);
    if (runner != null) {
      runner.reroute();
    }
  }

  /** Does one command on the account after the other. */
  <T> T inTurn(AccountKey key, Turns.Command<T> command) throws InterruptedException {
    return turns.take(key, command);
  }

  /**
   * Runs the account, unless it runs already; answers with the run that was there.
   *
   * @param method without meaning for an account that is linked
   * @param beforeFresh done before a new run tells anything
   */
  Optional<AccountRunner> start(AccountKey key, PairingMethod method, Runnable beforeFresh)
      throws InterruptedException {
    return start(key, Comeback.Beginning.AT_ONCE, method, beforeFresh);
  }

  private Optional<AccountRunner> start(
      AccountKey key, Comeback.Beginning beginning, PairingMethod method, Runnable beforeFresh)
      throws InterruptedException {
    while (true) {
      AccountRunner present = runners.get(key);
      if (present == null) {
        AccountRunner fresh = runner(find(key), beginning, method);
        if (runners.putIfAbsent(key, fresh) == null) {
          begin(key, fresh, beforeFresh);
          return Optional.empty();
        }
      } else if (present.over()) {
        awaitEnd(key, present);
      } else {
        return Optional.of(present);
      }
    }
  }

  private void begin(AccountKey key, AccountRunner fresh, Runnable beforeFresh) {
    if (closed) { // Looked at after joining, so that none slips past the end.
      runners.remove(key, fresh);
      fresh.markEnded();
      throw shuttingDown();
    }
    beforeFresh.run();
    Thread.ofVirtual().name("account " + key).start(() -> run(key, fresh));
  }

  /** Ends the account's connection and waits until it has ended. */
  void stop(AccountKey key) throws InterruptedException {
    AccountRunner runner = runners.get(key);
    if (runner == null) {
      showStopped(key);
      return;
    }
    runner.stop(AccountRunner.Stop.REQUESTED);
    awaitEnd(key, runner);
  }

  /** Unlinks the account and waits until that has ended the connection. */
  void unlink(AccountKey key) throws InterruptedException {
    AccountRunner runner = runners.get(key);
    if (runner == null) {
      throw new GatewayException(
          Reason.INSTANCE_NOT_READY, "the instance is not connected; start it to log it out");
    }
    runner.connector().unlink();
    awaitEnd(key, runner);
  }

  /** Unlinks the account if it is connected; a network that cannot be reached is no failure. */
  void unlinkIfConnected(AccountKey key) throws InterruptedException {
    try {
      unlink(key);
    } catch (GatewayException e) {
      LOG.info("{}: deleted without unlinking the device: {}", key, e.getMessage());
    }
  }

  private static void awaitEnd(AccountKey key, AccountRunner runner) throws InterruptedException {
    if (!runner.awaitEnd(STOP_LIMIT)) {
      LOG.error("{}: did not end within {}", key, STOP_LIMIT);
      throw new GatewayException(
          Reason.INSTANCE_NOT_READY, "the instance is still ending its connection; try again");
    }
  }

  /** One account that cannot be run must not keep the others from coming back. */
  private void restoreInTurn(AccountKey key) throws InterruptedException {
    try {
      inTurn(
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
    }
  }

  private void restore(Instance instance) throws InterruptedException {
    AccountKey key = instance.key();
    if (runners.containsKey(key)) {
      return; // A caller was faster.
    }
    boolean wanted = instance.wanted() && instance.linked();
    Optional<Transition> shown = Transition.whenRestarted(instance.state(), wanted);
    shown.ifPresent(next -> states.move(key, Transition.of(instance), next));
    Optional<Instant> endOfBan = Comeback.endOfBan(instance);
    if (wanted && (endOfBan.isPresent() || instance.state() != InstanceState.AUTH_FAILED)) {
      var beginning = new Comeback.Beginning(endOfBan.orElse(null), true);
      Optional<AccountRunner> _ = start(key, beginning, PairingMethod.QR_CODE, () -> {});
    }
  }

  private AccountRunner runner(
      Instance instance, Comeback.Beginning beginning, PairingMethod method) {
    if (closed) {
      throw shuttingDown();
    }
    Connector connector = factory(instance.network()).connector(instance.key());
    AccountHost host = new AccountHost(parts, instance, connector, method);
    return new AccountRunner(
        instance.key(), connector, host, admission, reconnect, random, clock, beginning);
  }

  /** The instance, or INSTANCE_NOT_FOUND. */
  Instance find(AccountKey key) {
    return store
        .find(key)
        .orElseThrow(() ->
            new GatewayException(
                Reason.INSTANCE_NOT_FOUND, "there is no instance '" + key.instance() + "'"));
  }

  private static GatewayException shuttingDown() {
    return new GatewayException(Reason.SHUTTING_DOWN, "the gateway is shutting down");
  }

  private ConnectorFactory factory(Network network) {
    ConnectorFactory factory = networks.get(network);
    if (factory == null) {
      throw new GatewayException(
          Reason.NETWORK_UNAVAILABLE, "this gateway is not configured for the network " + network);
    }
    return factory;
  }

  private void run(AccountKey key, AccountRunner runner) {
    try {
      runner.run();
    } finally {
      runners.remove(key, runner);
      runner.markEnded();
    }
  }

  /** A stopped account that waits in a state of its own (refused, say) is shown as stopped. */
  private void showStopped(AccountKey key) {
    Instance instance = find(key);
    Transition.whenStopped(instance.state())
        .ifPresent(next -> states.move(key, Transition.of(instance), next));
  }
}
