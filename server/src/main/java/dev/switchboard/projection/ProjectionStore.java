package dev.switchboard.projection;

import dev.switchboard.journal.Positioned;
import dev.switchboard.model.message.Message;
import java.util.List;
import java.util.OptionalLong;

/** Where the journal is projected to. Every method throws STORAGE_UNAVAILABLE when it is away. */
public interface ProjectionStore {
  /** The position from which entries of this journal are still to be applied; empty: none was. */
  OptionalLong next(String journal);

  /**
   * Applies the entries and notes where to go on, in one transaction. What an entry says of an
   * instance that is not there (any more) is passed over.
   *
   * @param entries in order of position, the first at or after {@link #next}
   * @param next where to go on
   * @return the messages whose status moved forward, as they are now, in order of their entries;
   *     not those that were only accepted
   */
  List<Message> apply(String journal, List<Positioned> entries, long next);
}
