package dev.switchboard.pacing;

import dev.switchboard.model.message.Priority;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that waits to be sent.
 *
 * @param order ascends in order of acceptance
 * @param notBefore when it comes to its chat, or null where it is there
 * @param expiresAt when it fails if it was not sent by then, or null for never
 * @param characters how many are to be seen typed before it goes; 0: none
 */
public record Waiting(
    Priority priority,
    long order,
    @Nullable Instant notBefore,
    @Nullable Instant expiresAt,
    int characters) {
  /** One that is accepted now, behind all others. */
  public static Waiting last(
      Priority priority, @Nullable Instant notBefore, @Nullable Instant expiresAt, int characters) {
    return new Waiting(priority, Long.MAX_VALUE, notBefore, expiresAt, characters);
  }
}
