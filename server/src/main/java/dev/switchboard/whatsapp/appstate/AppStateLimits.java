package dev.switchboard.whatsapp.appstate;

import java.time.Duration;

/**
 * The bounds of app state.
 *
 * @param rounds how many answers one run asks for before it goes on later
 * @param entries records of one collection; one with more is not followed
 * @param valueBytes what is kept of one record's value
 * @param commitEntries how many records of a snapshot are made durable at once
 * @param retries how often, within one connection, a collection is tried again that the server
 *     would not give or that waits for a key
 * @param retryAfter before the first of these, and added for each further one
 * @param keyRequests how often the own phone is asked for one key, over all connections
 * @param keyRequestPause at least so long lies between two of these
 * @param keysAsked how many keys may be asked for
 * @param uploadAttempts how often a change is written anew on top of what came in between
 */
public record AppStateLimits(
    int rounds,
    int entries,
    int valueBytes,
    int commitEntries,
    int retries,
    Duration retryAfter,
    int keyRequests,
    Duration keyRequestPause,
    int keysAsked,
    int uploadAttempts) {

  public static final AppStateLimits DEFAULT =
      new AppStateLimits(
          100, 100_000, 16 << 10, 200, 3, Duration.ofMinutes(1), 5, Duration.ofMinutes(10), 32, 5);

  public AppStateLimits {
    if (rounds < 1 || entries < 1 || commitEntries < 1 || keysAsked < 1 || uploadAttempts < 1) {
      throw new IllegalArgumentException("bounds must be positive");
    }
  }
}
