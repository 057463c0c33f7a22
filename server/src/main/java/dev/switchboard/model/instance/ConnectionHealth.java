package dev.switchboard.model.instance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a connection that is open now.
 *
 * @param lastFrame when something was last read from the network
 * @param lastAnswer when the last ping was answered, or null before the first
 * @param roundTrip how long that answer took, or null before the first
 * @param unacknowledgedSince when the oldest message was written that the network has not
 *     acknowledged, or null when there is none
 * @param appStateTroubles collections that are not followed, by name
 */
public record ConnectionHealth(
    Instant lastFrame,
    @Nullable Instant lastAnswer,
    @Nullable Duration roundTrip,
    @Nullable Instant unacknowledgedSince,
    List<AppStateTrouble> appStateTroubles) {

  public ConnectionHealth {
    appStateTroubles = List.copyOf(appStateTroubles);
  }
}
