package dev.switchboard.whatsapp.appstate;

import com.google.protobuf.ByteString;
import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.model.instance.AppStateTrouble;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.appstate.key.KeyEnquiries;
import dev.switchboard.whatsapp.appstate.key.PhoneLine;
import dev.switchboard.whatsapp.device.Sessions;
import dev.switchboard.whatsapp.link.Timed;
import dev.switchboard.whatsapp.login.Presence;
import dev.switchboard.whatsapp.media.Downloads;
import dev.switchboard.whatsapp.media.Fetched;
import dev.switchboard.whatsapp.media.MediaFault;
import dev.switchboard.whatsapp.media.MediaReference;
import dev.switchboard.whatsapp.proto.SyncActionData;
import dev.switchboard.whatsapp.proto.SyncActionValue;
import dev.switchboard.whatsapp.proto.SyncdMutation.SyncdOperation;
import dev.switchboard.whatsapp.session.Questions;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Follows the account's collections while it is connected: all of them after a login and when the
 * own phone shared a key that was missing, single ones when the server says that they changed.
 * Holds nothing of them but which ones are due.
 */
public final class AppState implements Timed {
  private static final String OWN_NAME = "[\"setting_pushName\"]";

  private final AccountState account;
  private final ConnectorHost host;
  private final StanzaStream stream;
  private final Presence presence;
  private final KeyEnquiries enquiries;
  private final Questions questions;
  private final Downloads downloads;
  private final AppStateLimits limits;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Set<CollectionName> due = EnumSet.noneOf(CollectionName.class);
  private final Set<CollectionName> held = EnumSet.noneOf(CollectionName.class);
  private final Set<CollectionName> later = EnumSet.noneOf(CollectionName.class);
  private Instant retry = Instant.MAX;
  private int retries;
  private @Nullable Run running;
  private volatile List<AppStateTrouble> troubles = List.of();

  /** One run and its tools; there is one at a time. */
  private record Run(Tools tools, Following following) {}

  public AppState(
      AccountState account,
      ConnectorHost host,
      StanzaStream stream,
      Questions questions,
      Downloads downloads,
      Sessions sessions,
      Presence presence,
      AppStateLimits limits,
      InstantSource clock,
      RandomGenerator random) {
    this.account = account;
    this.host = host;
    this.stream = stream;
    this.questions = questions;
    this.downloads = downloads;
    this.presence = presence;
    this.enquiries =
        new KeyEnquiries(
            account.records(),
            new PhoneLine(account, stream, sessions, random),
            limits.keyRequests());
    this.limits = limits;
    this.clock = clock;
    this.random = random;
  }

  /** After a login: all of them are looked at. */
  public void everythingIsDue() {
    due.addAll(EnumSet.allOf(CollectionName.class));
    noteTroubles(new Tools(account, host, limits).store(), due);
  }

  /**
   * The collections that are not followed, and why: they could not be verified, even when read
   * anew, or not be had. May be asked by any thread.
   */
  public List<AppStateTrouble> troubles() {
    return troubles;
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
  @Override
  public void tick(Instant now) throws InterruptedException {
    if (!retry.isAfter(now)) {
      due.addAll(later);
      due.addAll(held);
      later.clear();
      retry = Instant.MAX;
    }
    if (!due.isEmpty() && running == null) {
      follow();
    }
  }

  /** When something will be due next. */
  @Override
  public Instant deadline() {
    return due.isEmpty() || running != null ? retry : Instant.MIN;
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
    Tools tools = new Tools(account, host, limits);
    UploadOutcome outcome =
        new Uploads(stream, tools, limits, random).upload(collection, SyncdOperation.SET, data);
    sayNewName(tools);
    noteTroubles(tools.store(), Set.of(collection));
    if (!(outcome instanceof UploadOutcome.Done)) {
      due.add(collection); // So that another attempt finds it up to date.
    }
    return outcome;
  }

  private void follow() throws InterruptedException {
    Set<CollectionName> wanted = EnumSet.copyOf(due);
    due.clear();
    held.removeAll(wanted);
    Tools tools = new Tools(account, host, limits);
    if (retries == 0 && tools.keys().isEmpty()) {
      // The phone shares one unasked after the first login; it is given time to do so.
      held.addAll(wanted);
      schedule();
      return;
    }
    Run run = new Run(tools, tools.following(wanted));
    running = run;
    goOn(run);
  }

  /** Nobody waits for the server or for a host: what they answer is taken when it comes. */
  private void goOn(Run run) throws InterruptedException {
    sayNewName(run.tools);
    Optional<Elsewhere> elsewhere = run.following.elsewhere();
    if (elsewhere.isPresent()) {
      fetch(run, elsewhere.get());
      return;
    }
    Optional<Node> question = run.following.question();
    if (question.isPresent()) {
      questions.ask(
          "set",
          Following.NAMESPACE,
          question.get(),
          limits.answerTimeout(),
          reply -> answered(run, reply));
    } else {
      finish(run);
    }
  }

  private void answered(Run run, Optional<Node> reply) throws InterruptedException {
    if (reply.isEmpty() || reply.get().has("type", "error")) {
      run.following.unanswered(reply.isEmpty() ? "no answer" : "an error");
    } else {
      run.following.answered(reply.get());
    }
    goOn(run);
  }

  private void fetch(Run run, Elsewhere elsewhere) throws InterruptedException {
    Optional<MediaReference> next = elsewhere.next();
    if (next.isPresent()) {
      downloads.fetch(next.get(), fetched -> fetched(run, elsewhere, fetched));
    } else {
      run.following.fetched();
      goOn(run);
    }
  }

  private void fetched(Run run, Elsewhere elsewhere, Fetched fetched) throws InterruptedException {
    switch (fetched) {
      case Fetched.Whole(var content) -> {
        if (elsewhere.take(content)) {
          fetch(run, elsewhere);
          return;
        }
        run.following.notFetched(MediaFault.TOO_LARGE);
      }
      case Fetched.Failed(var fault) -> run.following.notFetched(fault);
    }
    goOn(run);
  }

  private void finish(Run run) throws InterruptedException {
    running = null;
    Following.Remaining remaining = run.following.remaining();
    held.addAll(remaining.held());
    later.addAll(remaining.later());
    noteTroubles(run.tools.store(), run.following.wanted());
    enquiries.ask(remaining.missing(), clock.instant());
    schedule();
  }

  private void noteTroubles(CollectionStore store, Set<CollectionName> names) {
    Map<String, AppStateTrouble> now = new TreeMap<>();
    troubles.forEach(each -> now.put(each.collection(), each));
    for (CollectionName name : names) {
      Trouble trouble = store.read(name).trouble();
      if (trouble.isNone()) {
        now.remove(name.wireName());
      } else {
        now.put(
            name.wireName(),
            new AppStateTrouble(name.wireName(), trouble.reason(), trouble.lasting()));
      }
    }
    troubles = List.copyOf(now.values());
  }

  private void sayNewName(Tools tools) throws InterruptedException {
    if (tools.takeNewName()) {
      presence.announce();
    }
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

  /**
   * Asks the own phone once more for the key that it shared last: a message that nobody sees, and
   * that changes nothing.
   *
   * @return whether it was written; not without such a key, or without keys of the phone
   */
  public boolean askForKnownKey() throws InterruptedException {
    return enquiries.askForKnown();
  }
}
