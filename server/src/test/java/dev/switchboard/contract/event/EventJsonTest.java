package dev.switchboard.contract.event;

import static dev.switchboard.contract.event.Payloads.ACCOUNT;
import static dev.switchboard.contract.event.Payloads.NOON;
import static dev.switchboard.contract.event.Payloads.later;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.linecorp.armeria.common.grpc.GrpcJsonMarshaller;
import dev.switchboard.api.v1.EventServiceGrpc;
import dev.switchboard.event.Event;
import dev.switchboard.event.cursor.Cursors;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.event.EventPayload;
import dev.switchboard.model.event.Occurrence;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.webhook.WebhookKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventJsonTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final UUID ID = UUID.fromString("0197a000-0000-7000-8000-000000000001");
  private static final long POSITION = 77;
  private static final GrpcJsonMarshaller SURFACE =
      GrpcJsonMarshaller.of(EventServiceGrpc.getServiceDescriptor());

  private final Cursors cursors = new Cursors(bytes -> new byte[32], "log");
  private final EventJson body = new EventJson(cursors);

  static List<EventPayload> payloads() {
    return Payloads.all();
  }

  @ParameterizedTest
  @MethodSource("payloads")
  void isTheJsonOfTheHttpSurface(EventPayload payload) throws Exception {
    Event event = event(payload);
    String cursor = cursors.cursor(ACCOUNT.tenant(), POSITION + 1);
    JsonNode posted = JSON.readTree(body.json(event, false));
    assertThat(posted).isEqualTo(surface(RecordedEvents.toContract(event, cursor)));
    assertThat(posted.get("cursor").asText()).isEqualTo(cursor);
    assertThat(posted.has("replay")).isFalse();
    assertThat(JSON.readTree(body.json(event, true)).get("replay").asBoolean()).isTrue();
    assertThat(body.subject(event).eventId()).isEqualTo(posted.get("eventId").asText());
  }

  @Test
  void leavesAloneWhatPeopleWrite() throws Exception {
    String text = "<b>5 > 3 & \"grüße\" 👍\u2028\u0000</b>";
    var message = Payloads.message(MessageStatus.RECEIVED, MessageContent.Text.outbound(text));
    JsonNode posted =
        JSON.readTree(body.json(event(new EventPayload.MessageReceived(message)), false));
    assertThat(posted.at("/messageReceived/message/text/text").asText()).isEqualTo(text);
  }

  @Test
  void namesTheChatByEveryNameItHas() {
    var contact = event(Payloads.all().stream().filter(this::merges).findFirst().orElseThrow());
    assertThat(body.subject(contact).chats())
        .as("both names of Alice, and whom she was taken for")
        .containsExactlyInAnyOrder("+15550001000", "90001", "+15550001001");
    var message = new EventPayload.MessageReceived(Payloads.message(MessageStatus.RECEIVED));
    assertThat(body.subject(event(message)).chats()).isNotEmpty().doesNotContain("");
    assertThat(body.subject(event(new EventPayload.QueuePaused())).chats()).isEmpty();
  }

  @Test
  void theTestIsAnEventOfNoInstance() throws Exception {
    WebhookKey key = new WebhookKey(TenantId.DEFAULT, "orders");
    JsonNode posted = JSON.readTree(body.test(key, "id-1", NOON));
    assertThat(posted.get("eventId").asText()).isEqualTo("id-1");
    assertThat(posted.get("kind").asText()).isEqualTo("EVENT_KIND_WEBHOOK_TEST");
    assertThat(posted.at("/webhookTest/webhookId").asText()).isEqualTo("orders");
    assertThat(posted.has("instanceId")).isFalse();
    assertThat(posted.get("recordTime").asText()).isEqualTo("2026-06-01T12:00:00.123456Z");
  }

  private boolean merges(EventPayload payload) {
    return payload instanceof EventPayload.ContactMerged;
  }

  private static JsonNode surface(dev.switchboard.api.v1.Event event) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SURFACE.serializeMessage(
        io.grpc.protobuf.ProtoUtils.marshaller(dev.switchboard.api.v1.Event.getDefaultInstance()),
        event,
        bytes);
    return JSON.readTree(bytes.toByteArray());
  }

  private static Event event(EventPayload payload) {
    byte[] content =
        new ContractEvents().encode(ID, new Occurrence(ACCOUNT, NOON, payload), later());
    return new Event(ACCOUNT, 3, POSITION, payload.kind(), later(), content);
  }
}
