package dev.switchboard.contract.event;

import static dev.switchboard.contract.event.Payloads.ACCOUNT;
import static dev.switchboard.contract.event.Payloads.NOON;
import static dev.switchboard.contract.event.Payloads.later;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.api.v1.Event;
import dev.switchboard.contract.ContactMapper;
import dev.switchboard.contract.MessageMapper;
import dev.switchboard.contract.PeerMapper;
import dev.switchboard.contract.Times;
import dev.switchboard.event.EventDraft;
import dev.switchboard.model.event.EventKind;
import dev.switchboard.model.event.EventPayload;
import dev.switchboard.model.event.Occurrence;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageStatus;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContractEventsTest {
  private static final UUID ID = UUID.fromString("0197a000-0000-7000-8000-000000000001");

  private final ContractEvents encoder = new ContractEvents();

  @Test
  void everyKindHasItsPayloadAndItsFieldUnderTheSameNumber() {
    var payloads = Payloads.all();
    assertThat(payloads)
        .extracting(payload -> payload.getClass().getName())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(EventPayload.class.getPermittedSubclasses())
                .map(Class::getName)
                .toList());
    assertThat(payloads.stream().map(EventPayload::kind))
        .containsExactlyInAnyOrder(EventKind.values());
    assertThat(Event.getDescriptor().getOneofs().getFirst().getFields())
        .filteredOn(field -> field.getNumber() != Event.WEBHOOK_TEST_FIELD_NUMBER) // Never stored.
        .extracting(field -> field.getName().toUpperCase(Locale.ROOT) + " " + field.getNumber())
        .containsExactlyElementsOf(
            Arrays.stream(EventKind.values()).map(kind -> kind + " " + kind.number()).toList());
    assertThat(dev.switchboard.api.v1.EventKind.getDescriptor().getValues())
        .filteredOn(value -> value.getNumber() != 0)
        .filteredOn(value -> value.getNumber() != Event.WEBHOOK_TEST_FIELD_NUMBER)
        .extracting(value -> value.getName() + " " + value.getNumber())
        .containsExactlyElementsOf(
            Arrays.stream(EventKind.values())
                .map(kind -> "EVENT_KIND_" + kind + " " + kind.number())
                .toList());
  }

  static Iterable<EventPayload> payloads() {
    return Payloads.all();
  }

  @ParameterizedTest
  @MethodSource("payloads")
  void setsTheFieldOfTheKindAndTheEnvelope(EventPayload payload) throws Exception {
    var event = encoded(payload);
    assertThat(event.getPayloadCase().getNumber()).isEqualTo(payload.kind().number());
    assertThat(event.getKind()).isEqualTo(EventMapper.toContract(payload.kind()));
    assertThat(event.getEventId()).isEqualTo(ID.toString());
    assertThat(event.getInstanceId()).isEqualTo("shop");
    assertThat(Times.toModel(event.getOccurTime())).isEqualTo(NOON);
    assertThat(Times.toModel(event.getRecordTime())).isEqualTo(later());
    assertThat(event.getSequence()).isZero();
    assertThat(event.getCursor()).isEmpty();
    assertThat(event.getUnknownFields().asMap()).isEmpty();
  }

  @Test
  void tellsWhatTheModelSays() throws Exception {
    for (var payload : Payloads.all()) {
      var event = encoded(payload);
      switch (payload) {
        case EventPayload.MessageAccepted it -> {
          var accepted = event.getMessageAccepted();
          assertThat(accepted.getMessage()).isEqualTo(MessageMapper.toContract(it.message()));
          assertThat(accepted.getPriority().name()).isEqualTo("MESSAGE_PRIORITY_HIGH");
          assertThat(Times.toModel(accepted.getNotBefore())).isEqualTo(NOON);
          assertThat(Times.toModel(accepted.getExpireTime())).isEqualTo(later());
          assertThat(accepted.getBulkId()).isEqualTo("bulk-1");
        }
        case EventPayload.MessageStatusChanged it -> {
          var changed = event.getMessageStatusChanged();
          assertThat(changed.getMessage()).isEqualTo(MessageMapper.toContract(it.message()));
          assertThat(changed.getPreviousStatus().name()).isEqualTo("MESSAGE_STATUS_SENT");
          assertThat(changed.getRecipient().getRecipient())
              .isEqualTo(PeerMapper.toContract(Payloads.ALICE));
          assertThat(changed.getRecipient().getStatus().name()).isEqualTo("MESSAGE_STATUS_READ");
        }
        case EventPayload.MessageRequeued it ->
            assertThat(event.getMessageRequeued().getRequeueCount()).isEqualTo(it.requeues());
        case EventPayload.MessageRescheduled _ ->
            assertThat(Times.toModel(event.getMessageRescheduled().getNotBefore()))
                .isEqualTo(later());
        case EventPayload.ContactMerged it ->
            assertThat(event.getContactMerged())
                .isEqualTo(ContactMapper.merged(it.contact(), it.former()));
        case EventPayload.InstanceStateChanged it -> {
          var changed = event.getInstanceStateChanged();
          assertThat(changed.getInstance().getState().name()).isEqualTo("INSTANCE_STATE_READY");
          assertThat(changed.getPreviousState().name()).isEqualTo("INSTANCE_STATE_DEGRADED");
        }
        case EventPayload.InstanceDeleted _ ->
            assertThat(event.getInstanceDeleted().getInstanceId()).isEqualTo("shop");
        default -> {} // Said by the mapper of its noun, as everywhere.
      }
    }
  }

  @Test
  void marksWhatTheHistoryTold() throws Exception {
    var payload = new EventPayload.MessageReceived(Payloads.message(MessageStatus.RECEIVED));
    var told = new Occurrence(ACCOUNT, NOON, true, payload);
    assertThat(Event.parseFrom(encoder.encode(ID, told, later())).getHistorical()).isTrue();
    assertThat(encoded(payload).getHistorical()).isFalse();
  }

  @Test
  void leavesOutWhatAMessageSaysWhereTheEventWouldBeTooLong() throws Exception {
    var fits = new MessageContent.Unsupported("document", new byte[EventDraft.MOST_BYTES - 500]);
    var tooLong = new MessageContent.Unsupported("document", new byte[EventDraft.MOST_BYTES]);
    assertThat(received(fits).getUnsupported().getRaw().size()).isEqualTo(fits.raw().length);
    assertThat(received(tooLong).hasUnsupported()).isFalse();
    assertThat(received(tooLong).getMessageId()).isEqualTo("3EB0");
  }

  private dev.switchboard.api.v1.Message received(MessageContent content) throws Exception {
    var message = Payloads.message(MessageStatus.RECEIVED, content);
    return encoded(new EventPayload.MessageReceived(message)).getMessageReceived().getMessage();
  }

  private Event encoded(EventPayload payload) throws InvalidProtocolBufferException {
    return Event.parseFrom(encoder.encode(ID, new Occurrence(ACCOUNT, NOON, payload), later()));
  }
}
