package dev.switchboard.instance;

import dev.switchboard.connector.ConnectorFactory;
import dev.switchboard.contact.Contacts;
import dev.switchboard.contact.Presences;
import dev.switchboard.inbox.InboxStore;
import dev.switchboard.instance.account.AccountParts;
import dev.switchboard.instance.account.AccountRunner;
import dev.switchboard.instance.account.RunnerFactory;
import dev.switchboard.instance.account.RunningAccounts;
import dev.switchboard.instance.pairing.Feed;
import dev.switchboard.instance.pairing.PairingEvent;
import dev.switchboard.instance.reconnect.Admission;
import dev.switchboard.instance.reconnect.Comeback;
import dev.switchboard.instance.reconnect.ReconnectPolicy;
import dev.switchboard.instance.state.InstanceStore;
import dev.switchboard.instance.state.States;
import dev.switchboard.instance.state.Transition;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.Network;
import dev.switchboard.model.instance.PairingMethod;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.instance.Route;
import dev.switchboard.model.instance.RoutePolicy;
import dev.switchboard.outbox.Departures;
import dev.switchboard.outbox.sender.Senders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has those accounts run that are wanted, one command on each after the other. */
public final class Supervisor {
  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
  private static final Duration TURN_LIMIT = Duration.ofSeconds(15);

  private final InstanceStore store;
  private final States states;
  private final RoutePolicy routes;
  private final Departures departures;
  private final Senders senders;
  private final RunnerFactory factory;
  private final RunningAccounts accounts;
  private final Turns turns = new Turns(TURN_LIMIT);

  public Supervisor(
      Map<Network, ConnectorFactory> networks,
      InstanceStore store,
      Feed<PairingEvent> pairings,
      Departures departures,
      Senders senders,
      InboxStore inbox,
      Contacts contacts,
      Presences presences,
      Admission admission,
      ReconnectPolicy reconnect,
      RoutePolicy routes,
      InstantSource clock,
      RandomGenerator random) {
    this.store = store;
    this.states = new States(store, clock);
    this.routes = routes;
    this.departures = departures;
    this.senders = senders;
    AccountParts parts =
        new AccountParts(
            store,
            states,
            pairings,
            departures,
            senders,
            inbox,
            contacts,
            presences,
            clock,
            routes);
    this.factory = new RunnerFactory(networks, parts, admission, reconnect, random);
    this.accounts = new RunningAccounts(store, factory);
  }

  /** Brings back every account that is wanted, and tells of each that it is not connected yet. */
  public void restore() throws InterruptedException {
    new Restoration(store, states, turns, accounts).run();
  }

  /** Ends every account, keeping what is wanted for the next start. */
  public void shutDown() throws InterruptedException {
    accounts.shutDown();
  }

  /** How many accounts are being run. */
  public int running() {
    return accounts.size();
  }

  Instances.Health health(Instance instance, Optional<ReachoutLock> lock) {
    return accounts
        .find(instance.key())
        .map(runner -> new Instances.Health(instance, runner.health(), runner.reconnects(), lock))
        .orElseGet(() -> new Instances.Health(instance, Optional.empty(), 0, lock));
  }

  /** Refuses, with NETWORK_UNAVAILABLE, a network that has no engine here. */
  void requireAvailable(Network network) {
    factory.requireAvailable(network);
  }

  /** Refuses, with PROXY_REQUIRED, a route that the operator does not allow. */
  void requireAllowed(Network network, Route route) {
    routes.require(network, route);
  }

  /** The account's route was changed: if it is run, it connects anew along it. */
  void reroute(AccountKey key) {
    accounts.find(key).ifPresent(AccountRunner::reroute);
  }

  /** What is wanted of the account's presence was changed. */
  void presenceWished(AccountKey key) {
    accounts.find(key).ifPresent(AccountRunner::presenceWished);
  }

  /** How fast the account may send was changed. */
  void rulesChanged(AccountKey key) {
    senders.rulesChanged(key);
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
    // A caller's wish does not knock before the end of a ban either.
    @Nullable Instant endOfBan = Comeback.endOfBan(store.existing(key)).orElse(null);
    return accounts.start(key, new Comeback.Beginning(endOfBan, false), method, beforeFresh);
  }

  /** Ends the account's connection and waits until it has ended. */
  void stop(AccountKey key) throws InterruptedException {
    boolean _ = accounts.stop(key);
    showStopped(key); // One that was cut short could not say so itself.
  }

  /** The instance is about to be deleted: nothing of it is on its way into storage after this. */
  void forget(AccountKey key) throws InterruptedException {
    departures.forget(key);
  }

  /** Unlinks the account and waits until that has ended the connection. */
  void unlink(AccountKey key) throws InterruptedException {
    if (!accounts.unlink(key)) {
      throw new GatewayException(
          Reason.INSTANCE_NOT_READY, "the instance is not connected; start it to log it out");
    }
  }

  /** What the engine of the account can do beside; INSTANCE_NOT_READY when it is not run. */
  <C> C capability(AccountKey key, Class<C> wanted) {
    return accounts
        .find(key)
        .orElseThrow(() ->
            new GatewayException(
                Reason.INSTANCE_NOT_READY, "the instance is not connected; start it"))
        .capability(wanted);
  }

  /** Unlinks the account if it is connected; a network that cannot be reached is no failure. */
  void unlinkIfConnected(AccountKey key) throws InterruptedException {
    try {
      unlink(key);
    } catch (GatewayException e) {
      LOG.info("{}: deleted without unlinking the device: {}", key, e.getMessage());
    }
  }

  /** An account that ended in a state of its own (refused, say) is shown as stopped. */
  private void showStopped(AccountKey key) {
    Instance instance = store.existing(key);
    Transition.whenStopped(instance.state())
        .ifPresent(next -> states.move(key, Transition.of(instance), next));
  }
}
