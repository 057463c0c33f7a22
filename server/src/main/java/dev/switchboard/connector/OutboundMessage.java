package dev.switchboard.connector;

import dev.switchboard.model.Peer;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import java.time.Instant;

/**
 * A message to be sent under an id that was chosen when it was accepted.
 *
 * @param attempt 1 for the first time, counted over restarts
 */
public record OutboundMessage(
    MessageId id, Peer to, MessageContent content, Instant acceptedAt, int attempt) {}
