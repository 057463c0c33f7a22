package dev.switchboard.whatsapp.appstate;

import dev.switchboard.whatsapp.appstate.key.KeyRequests;
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
 * @param keyRequests how the own phone is asked for keys
 * @param uploadAttempts how often a change is written anew on top of what came in between
 * @param answerTimeout how long the server may take for one answer; the connection goes on without
 * @param loginPatience how long a login waits for the collections; they are followed all the same
 */
public record AppStateLimits(
    int rounds,
    int entries,
    int valueBytes,
    int commitEntries,
    int retries,
    Duration retryAfter,
    KeyRequests.Limits keyRequests,
    int uploadAttempts,
    Duration answerTimeout,
    Duration loginPatience) {

  public static final AppStateLimits DEFAULT =
      new AppStateLimits(
          100,
          100_000,
          16 << 10,
          200,
          3,
          Duration.ofMinutes(1),
          new KeyRequests.Limits(5, Duration.ofMinutes(10), 32),
          5,
          Duration.ofSeconds(30),
          Duration.ofSeconds(3));

  /** The same with another patience of logins. */
  public AppStateLimits withLoginPatience(Duration other) {
    return new AppStateLimits(
        rounds,
        entries,
        valueBytes,
        commitEntries,
        retries,
        retryAfter,
        keyRequests,
        uploadAttempts,
        answerTimeout,
        other);
  }

  public AppStateLimits {
    if (rounds < 1 || entries < 1 || commitEntries < 1 || uploadAttempts < 1) {
      throw new IllegalArgumentException("bounds must be positive");
    }
  }
}
