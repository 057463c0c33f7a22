package dev.switchboard.history;

import dev.switchboard.model.message.Message;

/**
 * A message that this gateway wrote to the network.
 *
 * @param attempts how often, at least once
 */
public record Written(Message message, int attempts) {}
