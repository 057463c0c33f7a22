package dev.switchboard.whatsapp.signal;

import java.util.Optional;

/**
 * A read-only view on the durable Signal records of one device.
 *
 * <p>Whoever owns the records applies the {@linkplain SignalUnit#changes() changes} of a unit to
 * them, all or none, before the unit's result leaves the process.
 */
public interface SignalStore {
  /** The record as it was last committed; the array is the caller's. */
  Optional<byte[]> read(SignalRecordKey key);
}
