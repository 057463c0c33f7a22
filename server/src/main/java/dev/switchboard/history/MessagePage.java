package dev.switchboard.history;

import dev.switchboard.model.message.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of messages.
 *
 * @param next where the next page begins, or null when there is none
 */
public record MessagePage(List<Message> messages, @Nullable Long next) {
  public MessagePage {
    messages = List.copyOf(messages);
  }
}
