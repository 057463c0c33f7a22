package dev.switchboard.event;

import dev.switchboard.model.event.Occurrence;
import java.time.Instant;
import java.util.UUID;

/** Writes events down as the public contract has them. */
public interface EventEncoder {
  /**
   * The content of an event, without what is known only when it has its place: sequence, cursor and
   * whether it is delivered anew.
   *
   * @param id stays with the event for ever
   * @return at most {@link EventDraft#MOST_BYTES}
   */
  byte[] encode(UUID id, Occurrence occurrence, Instant recordedAt);
}
