package dev.switchboard.outbox;

import dev.switchboard.model.Peer;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.Request;
import dev.switchboard.model.message.SendOptions;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants sent.
 *
 * @param request the caller's own name for it, or null: then a repeat is a second message
 */
public record Order(
    Peer to, MessageContent content, SendOptions options, @Nullable Request request) {}
