package dev.switchboard.contract.event;

import com.google.protobuf.MessageLite;
import dev.switchboard.api.v1.Event;
import dev.switchboard.event.EventDraft;
import dev.switchboard.event.EventEncoder;
import dev.switchboard.model.event.Occurrence;
import java.time.Instant;
import java.util.UUID;

/** Writes events down as {@code switchboard.v1.Event}: what is stored is what is told. */
public final class ContractEvents implements EventEncoder {
  @Override
  public byte[] encode(UUID id, Occurrence occurrence, Instant recordedAt) {
    var event = EventMapper.toContract(id, occurrence, recordedAt);
    return (fits(event) ? event : withoutWords(event)).toByteArray();
  }

  private static boolean fits(MessageLite event) {
    return event.getSerializedSize() <= EventDraft.MOST_BYTES;
  }

  /** Nothing but what a message says can be so long; whoever needs it asks for the message. */
  private static Event withoutWords(Event event) {
    var shorter = event.toBuilder();
    switch (event.getPayloadCase()) {
      case MESSAGE_RECEIVED ->
          shorter.getMessageReceivedBuilder().getMessageBuilder().clearContent();
      case MESSAGE_RESOLVED ->
          shorter.getMessageResolvedBuilder().getMessageBuilder().clearContent();
      case MESSAGE_STATUS_CHANGED ->
          shorter.getMessageStatusChangedBuilder().getMessageBuilder().clearContent();
      default -> throw new IllegalArgumentException("too long for an event: " + event.getKind());
    }
    return shorter.build();
  }
}
