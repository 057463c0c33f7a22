package dev.switchboard.model.event;

import dev.switchboard.model.AccountKey;
import java.time.Instant;

/**
 * Something that happened to an instance, before it is recorded as an event.
 *
 * @param at when it happened, as the network tells or else as the gateway saw it
 * @param historical whether that was before the instance was linked, told afterwards by the history
 *     that the phone shares
 */
public record Occurrence(AccountKey account, Instant at, boolean historical, EventPayload payload) {
  /** Something that happens while the instance is linked, or has nothing to do with the link. */
  public Occurrence(AccountKey account, Instant at, EventPayload payload) {
    this(account, at, false, payload);
  }
}
