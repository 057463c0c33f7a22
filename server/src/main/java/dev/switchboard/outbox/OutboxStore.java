package dev.switchboard.outbox;

import dev.switchboard.connector.RecordChange;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Where outbound messages wait. Every method throws STORAGE_UNAVAILABLE when storage is away. */
public interface OutboxStore {
  /**
   * Stores a message in status ACCEPTED and returns when that is durable.
   *
   * @param queueLimit how many unsent messages the account may have; QUEUE_FULL beyond
   * @return the message, or the earlier one that was accepted under the same request
   * @throws dev.switchboard.model.GatewayException REQUEST_ID_REUSED when the earlier request said
   *     something else; INSTANCE_NOT_LINKED when the account was unlinked by now
   */
  Message accept(Message message, Request request, int queueLimit);

  /**
   * The message to send next: the oldest in status ACCEPTED or SENDING, in order of acceptance,
   * passing over the chats that are set aside.
   */
  Optional<Waiting> next(AccountKey account, Collection<Peer> setAside);

  /** SENDING, one attempt more, and the ratchet's records: one transaction. */
  void attempted(AccountKey account, MessageId id, List<RecordChange> changes);

  /**
   * The account's message of this id that was written to the network at least once, if it was to
   * this chat. A chat known by phone number only may be meant by a LID that nothing is known of,
   * and the reverse.
   */
  Optional<Waiting> written(AccountKey account, Peer chat, MessageId id);

  /** SENT, unless it is further already; the recipient's newly learnt names are added. */
  Message sent(AccountKey account, MessageId id, Peer to, Instant at);

  /** FAILED. */
  Message failed(AccountKey account, MessageId id, Failure failure);

  /** FAILED for everything that waits; returns the messages that this changed. */
  List<Message> failAll(AccountKey account, Failure failure);

  /**
   * The caller's own name for what it asked.
   *
   * @param id the caller's UUID, by which the repeat of a call is known for 24 hours
   * @param bodyHash SHA-256 over what was asked
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed through to the store and never compared here.
  record Request(String id, byte[] bodyHash) {}

  /**
   * A message that waits, or waited.
   *
   * @param attempts how often it was written to the network before
   */
  record Waiting(Message message, int attempts) {}
}
