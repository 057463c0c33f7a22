package dev.switchboard.projection;

import dev.switchboard.journal.Positioned;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.message.Message;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Where the journal is projected to. Every method throws STORAGE_UNAVAILABLE when it is away. */
public interface ProjectionStore {
  /**
   * Makes this journal the only one that is projected from now on.
   *
   * @return the position from which its entries are still to be applied; empty: none was
   */
  OptionalLong begin(String journal);

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
