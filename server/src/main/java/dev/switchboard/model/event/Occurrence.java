package dev.switchboard.model.event;

import dev.switchboard.model.AccountKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an instance, before it is recorded as an event.
 *
 * @param at when it happened, or null for just now
 * @param historical whether that was before the instance was linked, told afterwards by the history
 *     that the phone shares
 */
public record Occurrence(
    AccountKey account, @Nullable Instant at, boolean historical, EventPayload payload) {
  /** Something that is told as it happens. */
  public Occurrence(AccountKey account, @Nullable Instant at, EventPayload payload) {
    this(account, at, false, payload);
  }

  /** When it happened, if just now is this time. */
  public Instant atOr(Instant now) {
    return at == null ? now : at;
  }
}
