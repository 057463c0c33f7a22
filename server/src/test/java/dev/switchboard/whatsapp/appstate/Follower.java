package dev.switchboard.whatsapp.appstate;

import com.google.protobuf.ByteString;
import dev.switchboard.connector.AccountRecords;
import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.connector.NamedPeer;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.testing.ManualClock;
import dev.switchboard.testing.Reachable;
import dev.switchboard.whatsapp.MemoryRecords;
import dev.switchboard.whatsapp.ScriptedServer;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.Credentials;
import dev.switchboard.whatsapp.account.DeviceKeys;
import dev.switchboard.whatsapp.appstate.codec.BaileysCollection;
import dev.switchboard.whatsapp.appstate.key.KeyRing;
import dev.switchboard.whatsapp.device.DeviceDirectory;
import dev.switchboard.whatsapp.device.IdentityChanges;
import dev.switchboard.whatsapp.device.Sessions;
import dev.switchboard.whatsapp.login.Presence;
import dev.switchboard.whatsapp.media.Unused;
import dev.switchboard.whatsapp.proto.Message.AppStateSyncKey;
import dev.switchboard.whatsapp.proto.Message.AppStateSyncKeyData;
import dev.switchboard.whatsapp.proto.Message.AppStateSyncKeyId;
import dev.switchboard.whatsapp.proto.Message.AppStateSyncKeyShare;
import dev.switchboard.whatsapp.session.Questions;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An account that follows its collections on a scripted server; its storage may die at a commit.
 */
final class Follower implements AccountRecords {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Credentials CREDENTIALS =
      new Credentials(
          DeviceKeys.generate(RANDOM),
          Jid.ofPhoneNumber("15550001000").withDevice(7),
          null,
          new byte[0],
          "android");

  final MemoryRecords stored = new MemoryRecords();
  final ManualClock clock = new ManualClock();
  final List<NamedPeer> names = new ArrayList<>();

  /** Those that were told as of before the account was linked. */
  final List<NamedPeer> historicalNames = new ArrayList<>();

  final List<List<RecordChange>> commits = new ArrayList<>();
  final List<Node> questions = new ArrayList<>();
  int commitsUntilDeath = Integer.MAX_VALUE;
  int commitCount;
  int largestCommit;

  /** Stores no records of collections, and remembers no commits. */
  boolean forgetful;

  /** Everything that was told to be stored, held by nobody here. */
  final Reachable told = new Reachable();

  Runnable afterCommit = () -> {};
  private final AppStateLimits limits;
  private Questions open;
  private AppState appState;

  /** Storage was lost, or the process was killed before it. */
  static final class Death extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * An account that just connected.
   *
   * @param answers a collection's answer to the question for it
   */
  Follower(AppStateLimits limits, Function<Node, Node> answers) {
    this.limits = limits;
    StanzaStream stream = stream(answers);
    this.open = new Questions(stream, clock);
    this.appState = connected(stream);
  }

  /** Connects again: only what is durable remains. */
  void reconnect(Function<Node, Node> answers) {
    StanzaStream stream = stream(answers);
    open = new Questions(stream, clock);
    appState = connected(stream);
  }

  AppState appState() {
    return appState;
  }

  void follow() throws InterruptedException {
    appState.everythingIsDue();
    tick();
  }

  /** Does what is due, and what comes of it. */
  void tick() throws InterruptedException {
    appState.tick(clock.instant());
    open.settle(Duration.ofSeconds(1));
  }

  /** Looks at one collection, as after a notification. */
  void follow(String collection) throws InterruptedException {
    appState.changed(
        Node.builder("notification")
            .child(Node.builder("collection").attribute("name", collection).build())
            .build());
    tick();
  }

  void shareKey() {
    stored.commit(KeyRing.changes(share(BaileysCollection.keyId(), BaileysCollection.sharedKey())));
    appState.keysArrived();
  }

  static AppStateSyncKeyShare share(ByteString id, byte[] key) {
    return AppStateSyncKeyShare.newBuilder()
        .addKeys(
            AppStateSyncKey.newBuilder()
                .setKeyId(AppStateSyncKeyId.newBuilder().setKeyId(id))
                .setKeyData(AppStateSyncKeyData.newBuilder().setKeyData(ByteString.copyFrom(key))))
        .build();
  }

  CollectionState state(CollectionName name) {
    return new CollectionStore(stored, 1).read(name);
  }

  /** The records of a collection that count. */
  int entries(CollectionName name) {
    String prefix = name.wireName() + ":%08x:".formatted(state(name).generation());
    return (int)
        stored.readAfter(RecordKind.APP_STATE_ENTRY, "", Integer.MAX_VALUE).keySet().stream()
            .filter(entry -> entry.startsWith(prefix))
            .count();
  }

  private StanzaStream stream(Function<Node, Node> answers) {
    return new ScriptedServer(request -> Optional.of(reply(request, answers))).stream(clock);
  }

  private AppState connected(StanzaStream stream) {
    ConnectorHost host = host();
    AccountState account = new AccountState(host, CREDENTIALS);
    DeviceDirectory directory = new DeviceDirectory(account, stream, clock, Duration.ofHours(1));
    IdentityChanges identities = new IdentityChanges(account, host, directory);
    return new AppState(
        account,
        host,
        stream,
        open,
        Unused.downloads(host, open, clock),
        new Sessions(account, stream, identities, clock),
        new Presence(account, stream, false),
        limits,
        clock,
        RANDOM);
  }

  private Node reply(Node request, Function<Node, Node> answers) {
    if (request.child("sync").isEmpty()) {
      return Node.builder("error").attribute("code", 404).build();
    }
    List<Node> asked = request.requiredChild("sync").children("collection");
    questions.addAll(asked);
    return Node.of("sync", asked.stream().map(answers).toList());
  }

  @Override
  public Optional<byte[]> read(RecordKey key) {
    return stored.read(key);
  }

  @Override
  public SortedMap<String, byte[]> readAfter(RecordKind kind, String after, int limit) {
    return stored.readAfter(kind, after, limit);
  }

  @Override
  public long count(RecordKind kind) {
    return stored.count(kind);
  }

  @Override
  public void commit(List<RecordChange> changes) {
    if (commitsUntilDeath-- <= 0) {
      throw new Death();
    }
    commitCount++;
    changes.forEach(told::add);
    largestCommit = Math.max(largestCommit, changes.size());
    if (forgetful) {
      stored.commit(
          changes.stream()
              .filter(change -> change.key().kind() != RecordKind.APP_STATE_ENTRY)
              .toList());
    } else {
      commits.add(List.copyOf(changes));
      stored.commit(changes);
    }
    afterCommit.run();
  }

  /** The gateway's side, of which following needs little; the rest is not called. */
  private ConnectorHost host() {
    return (ConnectorHost)
        Proxy.newProxyInstance(
            ConnectorHost.class.getClassLoader(),
            new Class<?>[] {ConnectorHost.class},
            (_, method, arguments) -> answer(method.getName(), arguments));
  }

  @SuppressWarnings("unchecked") // As the port's methods declare them.
  private @Nullable Object answer(String method, Object[] arguments) {
    switch (method) {
      case "records" -> {
        return this;
      }
      case "named" ->
          named(
              (List<NamedPeer>) arguments[0],
              (Boolean) arguments[1],
              (List<RecordChange>) arguments[2]);
      case "merged" -> commit((List<RecordChange>) arguments[2]);
      default -> throw new UnsupportedOperationException(method);
    }
    return null;
  }

  private void named(List<NamedPeer> people, boolean historical, List<RecordChange> changes) {
    people.forEach(told::add);
    commit(changes);
    if (!forgetful) {
      names.addAll(people);
      historicalNames.addAll(historical ? people : List.of());
    }
  }
}
