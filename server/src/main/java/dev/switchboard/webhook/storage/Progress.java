package dev.switchboard.webhook.storage;

import dev.switchboard.webhook.Webhooks;
import java.util.Optional;

/**
 * How far a webhook has come in the log of events.
 *
 * @param log the log whose positions these are
 * @param place every event before it that the webhook wants came to its end, or is kept as a
 *     delivery
 * @param rounds how many replays there have been
 * @param replay the one that is read at the moment; its {@code next} is what {@code place} is
 */
public record Progress(String log, long place, int rounds, Optional<Webhooks.Replay> replay) {
  public Progress {
    if (place < 0 || rounds < 0) {
      throw new IllegalArgumentException("neither a place nor a count is negative");
    }
  }

  /** Of a webhook that begins. */
  public static Progress at(String log, long place) {
    return new Progress(log, place, 0, Optional.empty());
  }
}
