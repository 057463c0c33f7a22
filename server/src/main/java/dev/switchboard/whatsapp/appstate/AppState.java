package dev.switchboard.whatsapp.appstate;

import com.google.protobuf.ByteString;
import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.connector.NamedPeer;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.AliasBook;
import dev.switchboard.whatsapp.appstate.codec.SyncKey;
import dev.switchboard.whatsapp.device.Sessions;
import dev.switchboard.whatsapp.login.Presence;
import dev.switchboard.whatsapp.proto.Message.AppStateSyncKeyId;
import dev.switchboard.whatsapp.proto.Message.AppStateSyncKeyRequest;
import dev.switchboard.whatsapp.proto.Message.ProtocolMessage;
import dev.switchboard.whatsapp.proto.SyncActionData;
import dev.switchboard.whatsapp.proto.SyncActionValue;
import dev.switchboard.whatsapp.proto.SyncdMutation.SyncdOperation;
import dev.switchboard.whatsapp.session.RequestRefused;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.WireException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the account's collections while it is connected: all of them after a login and when the
 * own phone shared a key that was missing, single ones when the server says that they changed.
 * Holds nothing of them but which ones are due.
 */
public final class AppState {
  private static final Logger log = LoggerFactory.getLogger(AppState.class);
  private static final String OWN_NAME = "[\"setting_pushName\"]";

  private final AccountState account;
  private final ConnectorHost host;
  private final StanzaStream stream;
  private final Presence presence;
  private final PhoneLine phone;
  private final AppStateLimits limits;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Set<CollectionName> due = EnumSet.noneOf(CollectionName.class);
  private final Set<CollectionName> held = EnumSet.noneOf(CollectionName.class);
  private final Set<CollectionName> later = EnumSet.noneOf(CollectionName.class);
  private Instant retry = Instant.MAX;
  private int retries;

  public AppState(
      AccountState account,
      ConnectorHost host,
      StanzaStream stream,
      Sessions sessions,
      Presence presence,
      AppStateLimits limits,
      InstantSource clock,
      RandomGenerator random) {
    this.account = account;
    this.host = host;
    this.stream = stream;
    this.presence = presence;
    this.phone = new PhoneLine(account, stream, sessions, random);
    this.limits = limits;
    this.clock = clock;
    this.random = random;
  }

  /** After a login: all of them are looked at. */
  public void everythingIsDue() {
    due.addAll(EnumSet.allOf(CollectionName.class));
  }

  /** The server says which collections other devices changed; unknown ones are passed over. */
  public void changed(Node notification) {
    notification.children("collection").stream()
        .flatMap(each -> each.attribute("name").flatMap(CollectionName::of).stream())
        .forEach(due::add);
  }

  /** The own phone shared keys; they are durable. */
  public void keysArrived() {
    due.addAll(held);
    held.clear();
  }

  /** Does what is due by now. */
  public void tick(Instant now) throws InterruptedException {
    if (!retry.isAfter(now)) {
      due.addAll(later);
      due.addAll(held);
      later.clear();
      retry = Instant.MAX;
    }
    if (!due.isEmpty()) {
      follow();
    }
  }

  /** When something will be due next. */
  public Instant deadline() {
    return due.isEmpty() ? retry : Instant.MIN;
  }

  /** Gives the account's owner another name, on all devices. */
  public UploadOutcome rename(String name) throws InterruptedException {
    SyncActionValue value =
        SyncActionValue.newBuilder()
            .setTimestamp(clock.millis())
            .setPushNameSetting(SyncActionValue.PushNameSetting.newBuilder().setName(name))
            .build();
    return upload(CollectionName.CRITICAL_BLOCK, OWN_NAME, value, 1);
  }

  /**
   * Sets one record of a collection, on all devices.
   *
   * @param index a JSON array of strings
   * @param version the version of the action, which differs by kind
   */
  public UploadOutcome upload(
      CollectionName collection, String index, SyncActionValue value, int version)
      throws InterruptedException {
    SyncActionData data =
        SyncActionData.newBuilder()
            .setIndex(ByteString.copyFromUtf8(index))
            .setValue(value)
            .setPadding(ByteString.EMPTY)
            .setVersion(version)
            .build();
    Tools tools = new Tools();
    UploadOutcome outcome = tools.uploads().upload(collection, SyncdOperation.SET, data);
    tools.sayNewName();
    return outcome;
  }

  private void follow() throws InterruptedException {
    Set<CollectionName> wanted = EnumSet.copyOf(due);
    due.clear();
    held.removeAll(wanted);
    Tools tools = new Tools();
    if (retries == 0 && tools.keys.isEmpty()) {
      // The phone shares one unasked after the first login; it is given time to do so.
      held.addAll(wanted);
      schedule();
      return;
    }
    Following.Remaining remaining = tools.following.run(wanted);
    held.addAll(remaining.held());
    later.addAll(remaining.later());
    tools.sayNewName();
    request(remaining.missing());
    schedule();
  }

  private void schedule() {
    if (!later.isEmpty() || !held.isEmpty()) {
      if (retries < limits.retries()) {
        retries++;
        retry = clock.instant().plus(limits.retryAfter().multipliedBy(retries));
      }
    } else {
      retries = 0;
      retry = Instant.MAX;
    }
  }

  private void request(Set<ByteString> missing) throws InterruptedException {
    List<ByteString> ids = new KeyRequests(account.records(), limits).due(missing, clock.instant());
    if (ids.isEmpty()) {
      return;
    }
    log.info("{} keys of the app state are missing, the phone is asked", ids.size());
    if (!ask(ids)) {
      log.warn("the own phone cannot be asked for keys");
    }
  }

  /**
   * Asks the own phone once more for the key that it shared last: a message that nobody sees, and
   * that changes nothing.
   *
   * @return whether it was written; not without such a key, or without keys of the phone
   */
  public boolean askForKnownKey() throws InterruptedException {
    Optional<SyncKey> known = new KeyRing(account.records()).newest();
    return known.isPresent() && ask(List.of(known.get().id()));
  }

  private boolean ask(List<ByteString> ids) throws InterruptedException {
    AppStateSyncKeyRequest.Builder request = AppStateSyncKeyRequest.newBuilder();
    ids.forEach(id -> request.addKeyIds(AppStateSyncKeyId.newBuilder().setKeyId(id)));
    ProtocolMessage message =
        ProtocolMessage.newBuilder()
            .setType(ProtocolMessage.Type.APP_STATE_SYNC_KEY_REQUEST)
            .setAppStateSyncKeyRequest(request)
            .build();
    try {
      return phone.say(message);
    } catch (RequestRefused | WireException e) {
      log.warn("the server has no keys of the own phone: {}", e.getMessage());
      return false;
    }
  }

  /** What a run works with; made when one begins, so that nothing of it stays in memory. */
  private final class Tools implements Intake.Commits {
    private final CollectionStore store =
        new CollectionStore(account.records(), limits.valueBytes());
    private final KeyRing keys = new KeyRing(account.records());
    private final Intake intake = new Intake(store, keys, this, limits);
    private final Following following = new Following(stream, store, intake, limits.rounds());
    private boolean newName;

    private Uploads uploads() {
      return new Uploads(store, keys, intake, following, limits, random);
    }

    @Override
    public void commit(Learnt learnt, List<RecordChange> changes) {
      // First, and by itself: learning it twice does no harm, and names go by every alias.
      new AliasBook(account).learn(learnt.pairs());
      List<RecordChange> all = new ArrayList<>(changes);
      all.addAll(learnt.changes());
      List<NamedPeer> people = people(learnt);
      int last = Math.max(0, people.size() - 1) / ConnectorHost.MOST_PEOPLE;
      for (int page = 0; page < last; page++) {
        host.named(page(people, page), List.of());
      }
      host.named(page(people, last), all);
      newName |= learnt.ownName().isPresent();
    }

    private static List<NamedPeer> page(List<NamedPeer> people, int number) {
      int from = number * ConnectorHost.MOST_PEOPLE;
      return people.subList(from, Math.min(people.size(), from + ConnectorHost.MOST_PEOPLE));
    }

    private List<NamedPeer> people(Learnt learnt) {
      return learnt.contacts().stream()
          .flatMap(contact -> account.aliases().peer(contact.person()).stream().map(contact::of))
          .toList();
    }

    private void sayNewName() throws InterruptedException {
      if (newName) {
        presence.announce();
      }
    }
  }
}
