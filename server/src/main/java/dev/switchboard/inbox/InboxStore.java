package dev.switchboard.inbox;

import dev.switchboard.connector.Receipt;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.message.Message;
import java.util.List;

/** Where arrivals are stored. Every method throws STORAGE_UNAVAILABLE when storage is away. */
public interface InboxStore {
  /**
   * Stores the message and applies the changes in one transaction. A message that is already there
   * under the same account, chat, id and direction is left as it is, unless it is undecryptable:
   * then the content takes that one's place, which resolves it if it can be read. The changes are
   * applied in any case.
   */
  Reception receive(Message message, List<RecordChange> changes);

  /**
   * Moves the account's outbound messages with these ids in this chat forward; ids that are not
   * known, and messages that are further already, are left alone. A chat known by phone number only
   * takes the receipt of a LID that nothing is known of, and the reverse.
   *
   * @return the messages that moved, as they are now
   */
  List<Message> applyReceipt(AccountKey account, Receipt receipt);
}
