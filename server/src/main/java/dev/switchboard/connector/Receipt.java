package dev.switchboard.connector;

import dev.switchboard.model.Peer;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import java.time.Instant;
import java.util.List;

/**
 * The other side's word on messages of one chat.
 *
 * @param status DELIVERED, READ or PLAYED
 * @param at when the network says it happened
 */
public record Receipt(Peer chat, List<MessageId> ids, MessageStatus status, Instant at) {
  public Receipt {
    ids = List.copyOf(ids);
  }
}
