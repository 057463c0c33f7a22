package dev.switchboard.history;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageId;
import java.util.Optional;

/** The stored messages. Every method throws STORAGE_UNAVAILABLE when storage is away. */
public interface History {
  /** The message under this id; the outbound one, where a chat with oneself holds two. */
  Optional<Message> find(AccountKey account, MessageId id);

  /** One page, the newest first by the order in which they were stored. */
  MessagePage list(MessageQuery query);
}
