package dev.switchboard.grpc;

import static dev.switchboard.grpc.ApiClient.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.access.Role;
import dev.switchboard.api.v1.EventKind;
import dev.switchboard.api.v1.EventSelection;
import dev.switchboard.api.v1.EventServiceGrpc;
import dev.switchboard.api.v1.EventStart;
import dev.switchboard.api.v1.InstanceState;
import dev.switchboard.api.v1.StreamEventsRequest;
import dev.switchboard.api.v1.StreamMessagesRequest;
import dev.switchboard.api.v1.StreamMessagesResponse;
import dev.switchboard.api.v1.WatchContactsRequest;
import dev.switchboard.api.v1.WatchContactsResponse;
import dev.switchboard.api.v1.WatchInstancesRequest;
import dev.switchboard.api.v1.WatchInstancesResponse;
import dev.switchboard.api.v1.WatchInstancesResponse.EventCase;
import dev.switchboard.connector.NamedPeer;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.contact.Contact;
import dev.switchboard.model.contact.ContactNames;
import dev.switchboard.model.event.EventPayload;
import dev.switchboard.model.event.Occurrence;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.model.instance.StateChange;
import dev.switchboard.model.message.Direction;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.testing.Samples;
import io.grpc.stub.BlockingClientCall;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the streams of messages, instances and contacts have of being views of the events. */
class ViewsTest extends ApiTest {
  private static final AccountKey DESK = Samples.account("desk");

  /** More of these than the buffers of a connection take, and than are in memory. */
  private static final int MANY = 300;

  private static final String LONG = "x".repeat(20_000);
  private static final List<Peer> MANY_NAMES = Collections.nCopies(1_000, Samples.BOB);

  @BeforeEach
  void create() throws Exception {
    create("desk");
  }

  @Test
  void goesOnAtACursorInAnyStream() throws Exception {
    var first = messages("");
    String begin = first.read().getCursor();
    receive("M1", "one");
    receive("M2", "two");
    String behindOne = first.read().getCursor();
    first.cancel("interrupted", null);

    var second = messages(behindOne);
    assertThat(second.read().hasSubscribed()).isTrue();
    assertThat(id(second.read())).isEqualTo("M2");
    var third = messages(begin);
    assertThat(third.read().getCursor()).isEqualTo(begin);
    assertThat(id(third.read())).isEqualTo("M1");
    var events =
        administrator
            .keyed(EventServiceGrpc.newBlockingV2Stub(channel))
            .streamEvents(
                StreamEventsRequest.newBuilder()
                    .setSelection(
                        EventSelection.newBuilder().addKinds(EventKind.EVENT_KIND_MESSAGE_RECEIVED))
                    .setStart(EventStart.newBuilder().setCursor(behindOne))
                    .build());
    assertThat(events.read().hasHeartbeat()).isTrue();
    assertThat(events.read().getEvent().getMessageReceived().getMessage().getMessageId())
        .isEqualTo("M2");
  }

  @Test
  void tellsWhoReadsLateEverythingInOrder() throws Exception {
    var messages = messages("");
    assertThat(messages.read().hasSubscribed()).isTrue();
    for (int number = 0; number < MANY; number++) {
      receive("M" + number, LONG);
    }
    List<String> ids = new ArrayList<>();
    while (ids.size() < MANY) {
      ids.add(id(messages.read()));
    }
    assertThat(ids).isEqualTo(IntStream.range(0, MANY).mapToObj(number -> "M" + number).toList());
  }

  @Test
  void tellsWhatFailedOrWasTakenBackAsAChangeOfStatus() throws Exception {
    var messages = messages("");
    assertThat(messages.read().hasSubscribed()).isTrue();
    tell(new EventPayload.QueuePaused());
    tell(new EventPayload.MessageFailed(outbound(MessageStatus.FAILED)));
    tell(new EventPayload.MessageCancelled(outbound(MessageStatus.CANCELLED)));

    assertThat(messages.read().getStatusChanged().getMessage().getStatus())
        .isEqualTo(dev.switchboard.api.v1.MessageStatus.MESSAGE_STATUS_FAILED);
    assertThat(messages.read().getStatusChanged().getMessage().getStatus())
        .isEqualTo(dev.switchboard.api.v1.MessageStatus.MESSAGE_STATUS_CANCELLED);
  }

  @Test
  void tellsWhatIsMissingWhenOldEventsAreGone() throws Exception {
    var messages = messages("");
    var contacts = contacts("");
    assertThat(messages.read().hasSubscribed()).isTrue();
    assertThat(contacts.read().hasSubscribed()).isTrue();
    for (int number = 0; number < MANY; number++) {
      receive("M" + number, LONG);
      tell(new EventPayload.ContactMerged(Contact.of(DESK, Samples.BOB), MANY_NAMES));
    }
    gateway.events.retire(new Occurrence(DESK, null, new EventPayload.QueuePaused()));
    receive("last", "here");
    name("last");

    StreamMessagesResponse told = messages.read();
    for (int number = 0; told.hasReceived(); number++) {
      assertThat(id(told)).isEqualTo("M" + number);
      told = messages.read();
    }
    assertThat(told.hasGap()).isTrue();
    assertThat(told.getCursor()).isEqualTo(told.getGap().getCursor());
    assertThat(id(messages.read())).isEqualTo("last");
    WatchContactsResponse named = contacts.read();
    while (named.hasEvent()) {
      named = contacts.read();
    }
    assertThat(named.getCursor()).isEqualTo(told.getCursor());
    assertThat(contacts.read().getEvent().getUpdated().getContact().getPushName())
        .isEqualTo("last");
  }

  @Test
  void tellsTheStatesAnewWhenChangesAreGone() throws Exception {
    var instances = instances("");
    assertThat(instances.read().hasCurrent()).isTrue();
    assertThat(instances.read().hasCurrentStatesSent()).isTrue();
    for (int number = 0; number < MANY; number++) {
      move(LONG);
    }
    move("last");
    gateway.events.retire(new Occurrence(DESK, null, new EventPayload.QueuePaused()));

    WatchInstancesResponse told = instances.read();
    while (told.hasChanged()) {
      assertThat(told.getChanged().getInstance().getStateDetail()).hasSize(LONG.length());
      told = instances.read();
    }
    assertThat(told.getEventCase()).isEqualTo(EventCase.GAP);
    assertThat(told.getCursor()).isEmpty();
    assertThat(instances.read().getCurrent().getStateDetail()).isEqualTo("last");
    assertThat(instances.read().getEventCase()).isEqualTo(EventCase.CURRENT_STATES_SENT);
    create("shop");
    assertThat(instances.read().getChanged().getInstance().getInstanceId()).isEqualTo("shop");
  }

  @Test
  void tellsChangesAndNoStatesBehindACursor() throws Exception {
    var first = instances("");
    assertThat(first.read().getCursor()).isEmpty();
    String mark = first.read().getCursor();
    create("shop");
    move("again");

    var second = instances(mark);
    var sent = second.read();
    assertThat(sent.hasCurrentStatesSent()).isTrue();
    assertThat(sent.getCursor()).isEqualTo(mark);
    var created = second.read().getChanged();
    assertThat(created.getInstance().getInstanceId()).isEqualTo("shop");
    assertThat(created.getPreviousState()).isEqualTo(InstanceState.INSTANCE_STATE_UNSPECIFIED);
    assertThat(second.read().getChanged().getInstance().getStateDetail()).isEqualTo("again");
  }

  @Test
  void refusesCursorsThatLeadNowhere() throws Exception {
    String cursor = messages("").read().getCursor();
    for (String wrong : List.of("x", cursor.replace(cursor.charAt(20), '_'))) {
      assertThat(reason(() -> messages(wrong).read())).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
      assertThat(reason(() -> contacts(wrong).read())).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
      assertThat(reason(() -> instances(wrong).read())).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    }
    var stranger = client(TestGateway.OTHER, Role.READER).messages();
    var request = StreamMessagesRequest.newBuilder().setCursor(cursor).build();
    assertThat(reason(() -> stranger.streamMessages(request).read()))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    receive("M1", "gone");
    gateway.events.retire(new Occurrence(DESK, null, new EventPayload.QueuePaused()));
    assertThat(reason(() -> messages(cursor).read())).isEqualTo("OUT_OF_RANGE CURSOR_EXPIRED");
  }

  private BlockingClientCall<?, StreamMessagesResponse> messages(String cursor) {
    var request = StreamMessagesRequest.newBuilder().setInstanceId("desk").setCursor(cursor);
    return administrator.messages().streamMessages(request.build());
  }

  private BlockingClientCall<?, WatchContactsResponse> contacts(String cursor) {
    var request = WatchContactsRequest.newBuilder().setInstanceId("desk").setCursor(cursor);
    return client(TenantId.DEFAULT, Role.READER).contacts().watchContacts(request.build());
  }

  private BlockingClientCall<?, WatchInstancesResponse> instances(String cursor) {
    var request = WatchInstancesRequest.newBuilder().setCursor(cursor).build();
    return administrator.instances().watchInstances(request);
  }

  private static String id(StreamMessagesResponse told) {
    assertThat(told.hasReceived()).as("%s", told.getEventCase()).isTrue();
    return told.getReceived().getMessage().getMessageId();
  }

  private void tell(EventPayload payload) {
    gateway.events.accept(new Occurrence(DESK, null, payload));
  }

  private void receive(String id, String text) {
    var message = message(id, Direction.INBOUND, MessageStatus.RECEIVED, text);
    tell(new EventPayload.MessageReceived(message));
  }

  private static Message outbound(MessageStatus status) {
    return message("M1", Direction.OUTBOUND, status, "text");
  }

  private static Message message(
      String id, Direction direction, MessageStatus status, String text) {
    return new Message(
        DESK,
        new MessageId(id),
        Samples.BOB,
        direction,
        status,
        new MessageContent.Text(text),
        Samples.NOW,
        Samples.NOW,
        null,
        null,
        null,
        null);
  }

  private void name(String name) {
    gateway.contacts.named(
        DESK, List.of(new NamedPeer(Samples.BOB, ContactNames.ofPush(name))), false, List.of());
  }

  private void move(String detail) {
    var state = dev.switchboard.model.instance.InstanceState.NOT_STARTED;
    gateway.instanceStore.transition(
        new StateChange(DESK, state, state, StateCause.REQUESTED, detail, null, Samples.NOW));
  }
}
