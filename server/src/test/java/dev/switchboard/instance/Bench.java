package dev.switchboard.instance;

import dev.switchboard.connector.Connector;
import dev.switchboard.connector.ConnectorEvent;
import dev.switchboard.connector.Receipt;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.contact.Contacts;
import dev.switchboard.contact.Presences;
import dev.switchboard.inbox.InboxStore;
import dev.switchboard.inbox.Reception;
import dev.switchboard.instance.pairing.Feed;
import dev.switchboard.instance.pairing.PairingEvent;
import dev.switchboard.instance.reconnect.Admission;
import dev.switchboard.instance.reconnect.ReconnectPolicy;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.InstanceState;
import dev.switchboard.model.instance.Network;
import dev.switchboard.model.instance.RoutePolicy;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.model.message.Message;
import dev.switchboard.outbox.sender.SendPolicy;
import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.InMemoryContactStore;
import dev.switchboard.testing.InMemoryInstanceStore;
import dev.switchboard.testing.InMemoryPresenceStore;
import dev.switchboard.testing.ManualClock;
import dev.switchboard.testing.Samples;
import dev.switchboard.testing.ScriptedConnector;
import dev.switchboard.testing.SendingBench;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** A gateway's core over memory and scripted engines. */
final class Bench {
  static final ConnectorEvent LOGGED_IN = new ConnectorEvent.LoggedIn(Samples.OWN);
  static final ConnectorEvent PAIRED = new ConnectorEvent.Paired(Samples.OWN);
  static final ConnectorEvent QR =
      new ConnectorEvent.QrShown("qr", Samples.NOW.plus(Duration.ofMinutes(1)));

  private static final ReconnectPolicy POLICY =
      new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(4), Duration.ZERO);

  final InMemoryInstanceStore store;
  final SendingBench sending;
  final Feed<PairingEvent> pairings = new Feed<>(10, 1_000);
  final ManualClock clock;
  final Admission admission;
  final Supervisor supervisor;
  final Instances instances;
  private final Map<AccountKey, Queue<ScriptedConnector>> engines = new ConcurrentHashMap<>();

  Bench() {
    this(POLICY, 100);
  }

  /** As after a restart: over what is stored. */
  Bench(InMemoryInstanceStore store, ManualClock clock) {
    this(store, clock, POLICY, 100, Duration.ofMinutes(1), RoutePolicy.ANY, new Random(1));
  }

  Bench(ReconnectPolicy reconnect, int loginsAtOnce) {
    this(reconnect, loginsAtOnce, Duration.ofMinutes(1), RoutePolicy.ANY);
  }

  Bench(ReconnectPolicy reconnect, int loginsAtOnce, Duration longestLogin) {
    this(reconnect, loginsAtOnce, longestLogin, RoutePolicy.ANY);
  }

  Bench(ReconnectPolicy reconnect, int loginsAtOnce, Duration longestLogin, RoutePolicy routes) {
    this(reconnect, loginsAtOnce, longestLogin, routes, new Random(1));
  }

  Bench(
      ReconnectPolicy reconnect,
      int loginsAtOnce,
      Duration longestLogin,
      RoutePolicy routes,
      RandomGenerator random) {
    this(
        new InMemoryInstanceStore(),
        new ManualClock(),
        reconnect,
        loginsAtOnce,
        longestLogin,
        routes,
        random);
  }

  private Bench(
      InMemoryInstanceStore store,
      ManualClock clock,
      ReconnectPolicy reconnect,
      int loginsAtOnce,
      Duration longestLogin,
      RoutePolicy routes,
      RandomGenerator random) {
    this.store = store;
    this.clock = clock;
    SendPolicy policy = new SendPolicy(List.of(), 3, 1, Duration.ofMillis(5));
    sending = new SendingBench(clock, policy, SendingBench.LIMITS);
    admission = new Admission(loginsAtOnce, longestLogin, clock);
    supervisor =
        new Supervisor(
            Map.of(Network.SANDBOX, this::connector),
            store,
            pairings,
            sending.sending.departures(),
            sending.sending.senders(),
            new NoArrivals(),
            new Contacts(new InMemoryContactStore()),
            new Presences(new InMemoryPresenceStore(store), new InMemoryContactStore(), 3),
            admission,
            reconnect,
            routes,
            clock,
            random);
    instances = new Instances(store, supervisor, pairings, clock);
  }

  /** The engine of the account's next run. */
  ScriptedConnector engine(AccountKey key) {
    ScriptedConnector engine = new ScriptedConnector();
    engines.computeIfAbsent(key, ignored -> new ArrayDeque<>()).add(engine);
    return engine;
  }

  ScriptedConnector engine() {
    return engine(Samples.ACCOUNT);
  }

  /** Stores an instance that is linked and not connected, and starts it. */
  ScriptedConnector startLinked() throws InterruptedException {
    ScriptedConnector engine = engine();
    insertLinked();
    instances.start(Samples.ACCOUNT);
    return engine;
  }

  void insertLinked() {
    store.insert(Samples.linked(Samples.ACCOUNT, InstanceState.NOT_STARTED, false));
  }

  void insertUnlinked() {
    store.insert(Samples.unlinked(Samples.ACCOUNT, InstanceState.NOT_STARTED));
  }

  Instance now() {
    return store.find(Samples.ACCOUNT).orElseThrow();
  }

  void awaitState(InstanceState state, StateCause cause) throws InterruptedException {
    Eventually.until(
        "the state is " + state,
        () ->
            store.transitions().stream()
                .reduce((first, second) -> second)
                .filter(last -> last.to() == state && last.cause() == cause)
                .isPresent());
  }

  void awaitNothingRuns() throws InterruptedException {
    Eventually.until("no account runs", () -> supervisor.running() == 0);
  }

  List<InstanceState> states() {
    return store.transitions().stream().map(change -> change.to()).toList();
  }

  private Connector connector(AccountKey key) {
    ScriptedConnector scripted = engines.getOrDefault(key, new ArrayDeque<>()).poll();
    if (scripted == null) {
      throw new IllegalStateException("the test has no engine for another run of " + key);
    }
    return scripted;
  }

  private static final class NoArrivals implements InboxStore {
    @Override
    public Reception receive(Message message, List<RecordChange> changes) {
      return new Reception.Known();
    }

    @Override
    public List<Message> applyReceipt(AccountKey account, Receipt receipt) {
      return List.of();
    }
  }
}
