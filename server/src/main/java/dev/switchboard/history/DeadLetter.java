package dev.switchboard.history;

import dev.switchboard.model.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * An outbound message that failed, with what it takes to give it another chance.
 *
 * @param typing whether it is to be seen typed
 * @param bulk the bulk that it belongs to, or null
 * @param requeues how often it got another chance before
 */
public record DeadLetter(Message message, boolean typing, @Nullable String bulk, int requeues) {}
