package dev.switchboard.grpc;

import static dev.switchboard.grpc.ApiClient.detail;
import static dev.switchboard.grpc.ApiClient.reason;
import static dev.switchboard.grpc.ApiClient.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.BadRequest;
import dev.switchboard.api.v1.GetMessageRequest;
import dev.switchboard.api.v1.ListMessagesRequest;
import dev.switchboard.api.v1.Message;
import dev.switchboard.api.v1.MessageDirection;
import dev.switchboard.api.v1.MessageStatus;
import dev.switchboard.api.v1.Peer;
import dev.switchboard.api.v1.SendMessageRequest;
import dev.switchboard.api.v1.StopInstanceRequest;
import dev.switchboard.api.v1.StreamMessagesRequest;
import dev.switchboard.api.v1.StreamMessagesResponse;
import dev.switchboard.api.v1.StreamMessagesResponse.EventCase;
import dev.switchboard.api.v1.TextContent;
import dev.switchboard.api.v1.UndecryptableContent;
import dev.switchboard.event.reading.Selection;
import dev.switchboard.event.reading.Start;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.message.Direction;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.UndecryptableReason;
import dev.switchboard.testing.Eventually;
import io.grpc.stub.BlockingClientCall;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest extends ApiTest {
  @Test
  void acceptsSendsAndTells() throws Exception {
    createLinked("desk");
    var events = subscribe();
    var accepted = administrator.messages().sendMessage(text("hello")).getMessage();
    assertThat(accepted.getStatus()).isEqualTo(MessageStatus.MESSAGE_STATUS_ACCEPTED);
    assertThat(accepted.getChat().getPhoneNumber()).isEqualTo("+15550001000");
    Message last = events.read().getStatusChanged().getMessage();
    while (last.getStatus() != MessageStatus.MESSAGE_STATUS_SENT) {
      last = events.read().getStatusChanged().getMessage();
    }
    assertThat(last.getMessageId()).isEqualTo(accepted.getMessageId());
    var get =
        GetMessageRequest.newBuilder()
            .setInstanceId("desk")
            .setMessageId(accepted.getMessageId())
            .build();
    assertThat(administrator.messages().getMessage(get).getMessage()).isEqualTo(last);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "é", "🙂"})
  void takesTextsUpToTheLimitInBytes(String unit) throws Exception {
    createLinked("desk");
    int bytes = unit.getBytes(StandardCharsets.UTF_8).length;
    String most = unit.repeat(65_536 / bytes);
    assertThat(administrator.messages().sendMessage(text(most)).getMessage().getText().getText())
        .isEqualTo(most);
    var status = refusal(() -> administrator.messages().sendMessage(text(most + "a")));
    assertThat(reason(status)).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(detail(status, BadRequest.class).getFieldViolations(0).getField())
        .isEqualTo("text.text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"15550001000", "+0123456789", "+1555-000", "+1", "+1234567890123456"})
  void refusesAMalformedNumber(String number) throws Exception {
    createLinked("desk");
    var request = text("x").toBuilder().setTo(Peer.newBuilder().setPhoneNumber(number)).build();
    var status = refusal(() -> administrator.messages().sendMessage(request));
    assertThat(reason(status)).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(detail(status, BadRequest.class).getFieldViolations(0).getField())
        .isEqualTo("to.phone_number");
  }

  @Test
  void refusesWhatSaysNothingOrGoesNowhere() throws Exception {
    createLinked("desk");
    for (var request :
        List.of(
            text(""),
            text("x").toBuilder().clearTo().build(),
            text("x").toBuilder().clearContent().build(),
            text("x").toBuilder().setTo(Peer.getDefaultInstance()).build(),
            text("x").toBuilder().setRequestId("not a uuid").build())) {
      assertThat(reason(() -> administrator.messages().sendMessage(request)))
          .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    }
    var group = text("x").toBuilder().setTo(Peer.newBuilder().setJid("123@g.us")).build();
    assertThat(reason(() -> administrator.messages().sendMessage(group)))
        .isEqualTo("UNIMPLEMENTED CAPABILITY_UNSUPPORTED");
  }

  @Test
  void refusesToSendFromWhatIsNotThereOrNotLinked() throws Exception {
    assertThat(reason(() -> administrator.messages().sendMessage(text("x"))))
        .isEqualTo("NOT_FOUND INSTANCE_NOT_FOUND");
    create("desk");
    assertThat(reason(() -> administrator.messages().sendMessage(text("x"))))
        .isEqualTo("FAILED_PRECONDITION INSTANCE_NOT_LINKED");
  }

  @Test
  void queuesWhileStoppedAndRefusesAtTheLimit() throws Exception {
    createLinked("desk");
    administrator
        .instances()
        .stopInstance(StopInstanceRequest.newBuilder().setInstanceId("desk").build());
    for (int queued = 0; queued < TestGateway.QUEUE_LIMIT; queued++) {
      administrator.messages().sendMessage(text("x"));
    }
    assertThat(reason(() -> administrator.messages().sendMessage(text("x"))))
        .isEqualTo("RESOURCE_EXHAUSTED QUEUE_FULL");
  }

  @Test
  void sendsARepeatedRequestOnce() throws Exception {
    createLinked("desk");
    var request = text("x").toBuilder().setRequestId(UUID.randomUUID().toString()).build();
    var first = administrator.messages().sendMessage(request);
    assertThat(administrator.messages().sendMessage(request)).isEqualTo(first);
    var other = text("y").toBuilder().setRequestId(request.getRequestId()).build();
    assertThat(reason(() -> administrator.messages().sendMessage(other)))
        .isEqualTo("ALREADY_EXISTS REQUEST_ID_REUSED");
  }

  @Test
  void tellsWhatIsNoMessage() throws Exception {
    create("desk");
    var get = GetMessageRequest.newBuilder().setInstanceId("desk").setMessageId("3EB0").build();
    assertThat(reason(() -> administrator.messages().getMessage(get)))
        .isEqualTo("NOT_FOUND MESSAGE_NOT_FOUND");
  }

  @Test
  void listsNewestFirstInPagesThatAreNotTooHeavy() throws Exception {
    create("desk");
    for (int number = 0; number < 50; number++) {
      receive("M" + number, "x".repeat(65_536));
    }
    var request = ListMessagesRequest.newBuilder().setInstanceId("desk").setPageSize(500);
    List<String> ids = new ArrayList<>();
    do {
      var page = administrator.messages().listMessages(request.build());
      assertThat(page.getSerializedSize()).isLessThan(MessagingGrpcService.PAGE_LIMIT_BYTES);
      page.getMessagesList().forEach(message -> ids.add(message.getMessageId()));
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    assertThat(ids).hasSize(50).startsWith("M49").endsWith("M0").doesNotHaveDuplicates();
  }

  @Test
  void streamsWhatComesIn() throws Exception {
    create("desk");
    var events = subscribe();
    receive("M1", "hello");
    var received = events.read().getReceived().getMessage();
    assertThat(received.getText().getText()).isEqualTo("hello");
    assertThat(received.getDirection()).isEqualTo(MessageDirection.MESSAGE_DIRECTION_INBOUND);
    assertThat(received.getStatus()).isEqualTo(MessageStatus.MESSAGE_STATUS_RECEIVED);
  }

  @Test
  void streamsAndListsWhatCannotBeDecryptedUntilItIsResolved() throws Exception {
    create("desk");
    var events = subscribe();
    receive("M1", new MessageContent.Undecryptable(UndecryptableReason.UNKNOWN_PREKEY, 1));
    var unread = events.read().getReceived().getMessage();
    assertThat(unread.getUndecryptable().getReason())
        .isEqualTo(UndecryptableContent.Reason.REASON_UNKNOWN_PREKEY);
    assertThat(unread.getUndecryptable().getRequests()).isEqualTo(1);
    var list = ListMessagesRequest.newBuilder().setInstanceId("desk").build();
    assertThat(administrator.messages().listMessages(list).getMessagesList())
        .containsExactly(unread);

    receive("M1", "hello");

    var resolved = events.read().getResolved().getMessage();
    assertThat(resolved.getMessageId()).isEqualTo("M1");
    assertThat(resolved.getText().getText()).isEqualTo("hello");
    assertThat(administrator.messages().listMessages(list).getMessagesList())
        .containsExactly(resolved);
  }

  @Test
  void refusesStreamsAtTheLimitAndTakesOthersOnceOneLeft() throws Exception {
    List<BlockingClientCall<?, StreamMessagesResponse>> open = new ArrayList<>();
    for (int place = 0; place < TestGateway.SUBSCRIBERS; place++) {
      open.add(subscribe());
    }
    var late = administrator.messages().streamMessages(StreamMessagesRequest.getDefaultInstance());
    assertThat(reason(late::read)).isEqualTo("RESOURCE_EXHAUSTED TOO_MANY_SUBSCRIBERS");
    open.getFirst().cancel("enough", null);
    Eventually.until("a free place", this::placeIsFree);
  }

  private boolean placeIsFree() {
    try {
      gateway.events.events().open(Selection.of(TenantId.DEFAULT), new Start.Latest()).close();
      return true;
    } catch (GatewayException e) {
      return false;
    }
  }

  @Test
  void tellsSubscribersThatTheServerStops() throws Exception {
    var events = subscribe();
    gateway.events.events().shutDown();
    assertThat(reason(events::read)).isEqualTo("UNAVAILABLE SHUTTING_DOWN");
  }

  private BlockingClientCall<?, StreamMessagesResponse> subscribe() throws Exception {
    var events =
        administrator.messages().streamMessages(StreamMessagesRequest.getDefaultInstance());
    assertThat(events.read().getEventCase()).isEqualTo(EventCase.SUBSCRIBED);
    return events;
  }

  private void receive(String id, String body) {
    receive(id, new MessageContent.Text(body));
  }

  private void receive(String id, MessageContent content) {
    Instant now = Instant.now();
    var _ =
        gateway.messages.receive(
            new dev.switchboard.model.message.Message(
                new AccountKey(TenantId.DEFAULT, new InstanceId("desk")),
                new MessageId(id),
                dev.switchboard.model.Peer.of(new PhoneNumber("15550001000")),
                Direction.INBOUND,
                dev.switchboard.model.message.MessageStatus.RECEIVED,
                content,
                now,
                now,
                null,
                null,
                null,
                null),
            List.of());
  }

  private static SendMessageRequest text(String body) {
    return SendMessageRequest.newBuilder()
        .setInstanceId("desk")
        .setTo(Peer.newBuilder().setPhoneNumber("+15550001000"))
        .setText(TextContent.newBuilder().setText(body))
        .build();
  }
}
