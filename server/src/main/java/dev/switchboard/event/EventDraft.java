package dev.switchboard.event;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.event.EventKind;
import java.time.Instant;

/**
 * An event as it is made in the transaction that makes it true: without its place among others.
 *
 * @param at when it happened
 * @param content the event in the encoding of the public contract, in the clear, with its id and
 *     without what is known only later (sequence, cursor); never changed
 */
@SuppressWarnings("ArrayRecordComponent") // Handed through and never compared.
public record EventDraft(AccountKey account, EventKind kind, Instant at, byte[] content) {
  /** The most bytes that a content may take; who makes one shortens what is longer. */
  public static final int MOST_BYTES = 2 << 20;

  public EventDraft {
    if (content.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "an event of " + content.length + " bytes; " + MOST_BYTES + " is the most");
    }
  }

  /** Hides the content. */
  @Override
  public String toString() {
    return "EventDraft[" + account + ", " + kind + ", " + content.length + " bytes]";
  }
}
