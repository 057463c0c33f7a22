package dev.switchboard.store.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.api.v1.Event;
import dev.switchboard.connector.NamedPeer;
import dev.switchboard.contract.PeerMapper;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.contact.ChatState;
import dev.switchboard.model.contact.ContactNames;
import dev.switchboard.model.instance.InstanceSettings;
import dev.switchboard.model.instance.InstanceState;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.instance.Route;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.model.instance.StateChange;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.UndecryptableReason;
import dev.switchboard.projection.PendingRecords;
import dev.switchboard.store.Accounts;
import dev.switchboard.store.DatabaseExtension;
import dev.switchboard.store.TakenEvents;
import dev.switchboard.store.account.PostgresInstanceStore;
import dev.switchboard.store.contact.PostgresContactStore;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.message.PostgresInboxStore;
import dev.switchboard.testing.Samples;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is told of which change: one event, and none of what changes nothing. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(DatabaseExtension.class)
class EventSourcesIT {
  private final TakenEvents events = new TakenEvents();
  private PostgresInstanceStore instances;
  private PostgresInboxStore inbox;
  private PostgresContactStore contacts;
  private AccountKey account;

  @BeforeEach
  void open(Database database) {
    var transactions = database.transactions();
    var encryption = database.encryption();
    var pending = PendingRecords.none();
    var rows = events.rows(database);
    instances = new PostgresInstanceStore(transactions, encryption, pending, rows);
    inbox = new PostgresInboxStore(transactions, encryption, pending, rows);
    contacts = new PostgresContactStore(transactions, encryption, pending, rows);
    account = Accounts.key();
    instances.insert(Accounts.instance(account));
  }

  @Test
  void tellsOfANewInstance() {
    var created = only(events.take());
    assertThat(created.getInstanceCreated().getInstance().getDisplayName()).isEqualTo("The shop");
    assertThat(created.getInstanceId()).isEqualTo(account.instance().value());
    assertThatThrownBy(() -> instances.insert(Accounts.instance(account)))
        .isInstanceOf(GatewayException.class);
    assertThat(events.take()).isEmpty();
  }

  @Test
  void tellsOfEachTransitionWithItsCause() {
    var _ = events.take();
    var until = Accounts.NOON.plus(Duration.ofHours(1));
    instances.transition(
        new StateChange(
            account,
            InstanceState.READY,
            InstanceState.AUTH_FAILED,
            StateCause.TEMPORARILY_BANNED,
            "402",
            until,
            Accounts.NOON.plusSeconds(7)));
    var event = only(events.take());
    var after = event.getInstanceStateChanged().getInstance();
    assertThat(event.getInstanceStateChanged().getPreviousState().name())
        .isEqualTo("INSTANCE_STATE_READY");
    assertThat(after.getState().name()).isEqualTo("INSTANCE_STATE_AUTH_FAILED");
    assertThat(after.getStateCause().name()).isEqualTo("STATE_CAUSE_TEMPORARILY_BANNED");
    assertThat(after.getStateEndTime().getSeconds()).isEqualTo(until.getEpochSecond());
    assertThat(event.getOccurTime().getSeconds()).isEqualTo(Accounts.NOON.getEpochSecond() + 7);
  }

  @Test
  void tellsOfSettingsThatChanged() {
    var _ = events.take();
    instances.settle(account, new InstanceSettings("The other shop", new Route.Direct()));
    assertThat(only(events.take()).getInstanceSettingsChanged().getInstance().getDisplayName())
        .isEqualTo("The other shop");
  }

  @Test
  void tellsOfTheLinkOnceAndOfItsEnd() {
    var _ = events.take();
    var own = Peer.of(Accounts.phoneNumber());
    var both = new Peer(own.phoneNumber(), Accounts.lid());
    instances.link(account, own);
    assertThat(only(events.take()).getInstancePaired().getAccount())
        .isEqualTo(PeerMapper.toContract(own));
    instances.link(account, own);
    assertThat(events.take()).isEmpty();
    instances.link(account, both);
    var changed = only(events.take()).getInstanceAccountChanged();
    assertThat(changed.getAccount()).isEqualTo(PeerMapper.toContract(both));
    assertThat(changed.getPreviousAccount()).isEqualTo(PeerMapper.toContract(own));
    assertThat(instances.existing(account).own()).isEqualTo(both);
    instances.link(account, null);
    assertThat(only(events.take()).getInstanceUnlinked().getAccount())
        .isEqualTo(PeerMapper.toContract(both));
    instances.link(account, null);
    assertThat(events.take()).isEmpty();
  }

  @Test
  void tellsOfAReachoutLockAndOfItsEnd() {
    var _ = events.take();
    var lock = new ReachoutLock(Accounts.NOON, Accounts.NOON.plusSeconds(60));
    instances.lockReachout(account, lock);
    assertThat(only(events.take()).getReachoutLockChanged().hasReachoutLock()).isTrue();
    instances.lockReachout(account, lock);
    assertThat(events.take()).isEmpty();
    instances.lockReachout(account, null);
    assertThat(only(events.take()).getReachoutLockChanged().hasReachoutLock()).isFalse();
    instances.lockReachout(account, null);
    assertThat(events.take()).isEmpty();
  }

  @Test
  void tellsThatAnInstanceIsGoneAndNothingOfItAfterwards() {
    var _ = events.take();
    assertThat(instances.delete(account)).isTrue();
    assertThat(only(events.take()).getInstanceDeleted().getInstanceId())
        .isEqualTo(account.instance().value());
    assertThat(instances.delete(account)).isFalse();
    instances.settle(account, new InstanceSettings("nobody", new Route.Direct()));
    instances.link(account, Peer.of(Accounts.phoneNumber()));
    assertThat(events.take()).isEmpty();
  }

  @Test
  void tellsNothingOfWhatIsOnlyKept() {
    var _ = events.take();
    instances.want(account, true);
    instances.countBans(account, 2);
    assertThat(events.take()).isEmpty();
  }

  @Test
  void tellsOfAMessageOnceAndOfWhoWroteIt() {
    var _ = events.take();
    var message = Accounts.inbound(account, Peer.of(Accounts.phoneNumber()), "hello");
    var _ = inbox.receive(message, List.of());
    var told = events.take();
    assertThat(kinds(told)).containsExactly("CONTACT_UPDATED", "MESSAGE_RECEIVED");
    assertThat(told.getLast().getMessageReceived().getMessage().getText().getText())
        .isEqualTo("hello");
    var _ = inbox.receive(message, List.of());
    assertThat(events.take()).isEmpty();
    var _ = inbox.receive(Accounts.inbound(account, message.chat(), "again"), List.of());
    assertThat(kinds(events.take())).containsExactly("MESSAGE_RECEIVED");
  }

  @Test
  void tellsThatTwoNamesAreOnePersonWhereAMessageShowsIt() {
    var number = Accounts.phoneNumber();
    var _ = inbox.receive(Accounts.inbound(account, Peer.of(number), "hello"), List.of());
    var _ = events.take();
    var both = new Peer(number, Accounts.lid());
    var _ = inbox.receive(Accounts.inbound(account, both, "it is me"), List.of());
    assertThat(kinds(events.take())).containsExactly("CONTACT_MERGED", "MESSAGE_RECEIVED");
  }

  @Test
  void tellsWhatCannotBeReadAndThatItCanBeReadNow() {
    var readable = Accounts.inbound(account, Peer.of(Accounts.phoneNumber()), "at last");
    var first = undecryptable(readable, 1);
    var _ = inbox.receive(first, List.of());
    assertThat(kinds(events.take())).endsWith("CONTACT_UPDATED", "MESSAGE_UNDECRYPTABLE");
    var _ = inbox.receive(undecryptable(readable, 2), List.of());
    assertThat(events.take()).isEmpty();
    var _ = inbox.receive(readable, List.of());
    assertThat(only(events.take()).getMessageResolved().getMessage().getText().getText())
        .isEqualTo("at last");
    var _ = inbox.receive(readable, List.of());
    assertThat(events.take()).isEmpty();
  }

  @Test
  void tellsWhatBecomesKnownOfPeopleAndNothingTwice() {
    var _ = events.take();
    var number = Peer.of(Accounts.phoneNumber());
    var both = new Peer(number.phoneNumber(), Accounts.lid());
    var named = new NamedPeer(number, ContactNames.ofPush("Alice"));
    for (var expected : List.of(List.of("CONTACT_UPDATED", "CONTACT_UPDATED"), List.of())) {
      var _ = contacts.name(account, List.of(named), false, List.of());
      var told = events.take();
      assertThat(kinds(told)).isEqualTo(expected);
      assertThat(told).noneMatch(Event::getHistorical);
    }
    for (var expected : List.of(List.of("CONTACT_MERGED"), List.of())) {
      var _ = contacts.merge(account, List.of(both), true, List.of());
      var told = events.take();
      assertThat(kinds(told)).isEqualTo(expected);
      assertThat(told).allMatch(Event::getHistorical);
    }
    for (var expected : List.of(List.of("CONTACT_IDENTITY_CHANGED"), List.of())) {
      var _ = contacts.changeIdentity(account, both, Accounts.NOON, List.of());
      assertThat(kinds(events.take())).isEqualTo(expected);
    }
  }

  @Test
  void tellsWhatPeopleDoOfInstancesThatAreThere() {
    var _ = events.take();
    var chat = Peer.of(Accounts.phoneNumber());
    contacts.chatState(account, chat, ChatState.COMPOSING);
    var told = only(events.take()).getChatStateChanged();
    assertThat(told.getState()).isEqualTo(dev.switchboard.api.v1.ChatState.CHAT_STATE_COMPOSING);
    assertThat(told.getChat()).isEqualTo(PeerMapper.toContract(chat));

    contacts.chatState(Samples.account("deleted"), chat, ChatState.PAUSED);
    assertThat(events.take()).isEmpty();
  }

  private static Message undecryptable(Message message, int requests) {
    return message.withContent(
        new MessageContent.Undecryptable(UndecryptableReason.NO_SESSION, requests));
  }

  private static List<String> kinds(List<Event> events) {
    return events.stream()
        .map(event -> event.getKind().name().substring("EVENT_KIND_".length()))
        .toList();
  }

  private static Event only(List<Event> events) {
    assertThat(events).hasSize(1);
    return events.getFirst();
  }
}
