package dev.switchboard.connector;

import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageId;
import java.util.List;

/**
 * What an engine may ask of the gateway on behalf of one account. Called on the account's thread.
 */
public interface ConnectorHost {
  /** The account's durable state. */
  AccountRecords records();

  /** Tells what happens to the connection. */
  void on(ConnectorEvent event);

  /**
   * Makes durable that the message is about to be written, together with the ratchets that were
   * advanced to encrypt it: one atomic step, before the first byte leaves.
   */
  void attempted(MessageId id, List<RecordChange> changes);

  /**
   * Stores what arrived together with the ratchets that were advanced to read it, in one atomic
   * step. What is already stored under the same account, chat, id and direction is not stored
   * again; the changes are applied all the same. The engine acknowledges to the network only after
   * this returned.
   */
  void received(Message message, List<RecordChange> changes);

  /** Tells how far messages have come on the other side; stored when this returns. */
  void receipt(Receipt receipt);
}
