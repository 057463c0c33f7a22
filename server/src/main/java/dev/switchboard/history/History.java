package dev.switchboard.history;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import java.util.Map;
import java.util.Optional;

/** The stored messages. Every method throws STORAGE_UNAVAILABLE when storage is away. */
public interface History {
  /** The message under this id; the outbound one, where a chat with oneself holds two. */
  Optional<Message> find(AccountKey account, MessageId id);

  /**
   * The account's message of this id that was written to the network at least once, if it was to
   * this chat. A chat known by phone number only may be meant by a LID that nothing is known of,
   * and the reverse.
   */
  Optional<Written> written(AccountKey account, Peer chat, MessageId id);

  /** The account's outbound message of this id, if it failed. */
  Optional<DeadLetter> deadLetter(AccountKey account, MessageId id);

  /** How many messages of the account's bulk are in each status; none with a count of 0. */
  Map<MessageStatus, Integer> countBulk(AccountKey account, String bulk);

  /** One page, the newest first by the order in which they were stored. */
  MessagePage list(MessageQuery query);
}
