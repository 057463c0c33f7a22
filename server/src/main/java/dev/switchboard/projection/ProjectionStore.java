package dev.switchboard.projection;

import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.Positioned;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Where the journal is projected to. Every method throws STORAGE_UNAVAILABLE when it is away. */
public interface ProjectionStore {
  /** Whether it was told of more than this journal has, or of another journal. */
  boolean isAhead(String journal, long end);

  /** The messages that are still to be sent, as far as storage knows. */
  Map<AccountKey, Set<MessageId>> waiting();

  /** Applies what no journal says: that messages failed which it does not have any more. */
  void fail(List<JournalEntry.Failed> entries);

  /**
   * Makes this journal the only one that is projected from now on. Where storage is ahead of it,
   * what comes next is applied all the same.
   *
   * @param end before which its entries lie
   * @return the position from which its entries are still to be applied; empty: none was
   */
  OptionalLong begin(String journal, long end);

  /**
   * Applies the entries and notes where to go on, in one transaction. What an entry says of an
   * instance that is not there (any more) is passed over.
   *
   * @param entries in order of position; what was applied before is passed over
   * @param next where to go on
   * @return the steps of messages in order of their entries, each message as it was after its step;
   *     not that it was accepted or is being sent
   */
  List<Message> apply(String journal, List<Positioned> entries, long next);

  /**
   * Passes over an entry that cannot be applied, and notes that; the records of an attempt are
   * written all the same.
   *
   * @param next where to go on
   * @param error by which the log tells what happened
   */
  void setAside(String journal, Positioned entry, long next, String error, Instant at);

  /**
   * For each account that is there, the position up to which the changes of records are in storage,
   * or void; after the end of any transaction that is about to change it.
   */
  Map<AccountKey, Long> recordPositions(Set<AccountKey> accounts);
}
