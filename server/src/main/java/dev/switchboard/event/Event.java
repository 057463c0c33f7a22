package dev.switchboard.event;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.event.EventKind;
import java.time.Instant;

/**
 * An event as it lies in the log.
 *
 * @param sequence the how many-th event of its instance it is, without holes, from 1 on
 * @param position where it lies among the events of all accounts
 * @param recordedAt when it was written to the log
 * @param content the event in the encoding of the public contract, without sequence and cursor;
 *     never changed
 */
@SuppressWarnings("ArrayRecordComponent") // Handed through and never compared.
public record Event(
    AccountKey account,
    long sequence,
    long position,
    EventKind kind,
    Instant recordedAt,
    byte[] content) {
  /** Hides the content. */
  @Override
  public String toString() {
    return "Event[" + account + ", " + sequence + ", " + kind + "]";
  }
}
