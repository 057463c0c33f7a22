package dev.switchboard.outbox.control;

import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.SendOptions;

/**
 * A message that waits.
 *
 * @param message in status ACCEPTED or SENDING
 * @param attempts how often it was written to the network
 * @param order ascends in order of acceptance; what pages of a queue go by
 */
public record QueuedMessage(Message message, SendOptions options, int attempts, long order) {}
