package dev.switchboard.egress.client;

import java.time.Duration;

/**
 * How long and how many.
 *
 * @param connect how long a connection may take to be there, and its TLS again
 * @param total how long all of a request may take, from looking up its name to the end of its
 *     answer
 * @param idle how long a connection is kept for the next request
 * @param requests how many requests may be under way at once; beyond twice as many connections none
 *     is kept
 */
public record EgressLimits(Duration connect, Duration total, Duration idle, int requests) {
  /** Shorter than most servers keep a connection, so that they seldom close one under a request. */
  private static final Duration IDLE = Duration.ofSeconds(4);

  public EgressLimits {
    if (connect.isNegative() || connect.isZero() || total.compareTo(connect) < 0 || requests < 1) {
      throw new IllegalArgumentException("a request takes longer than its connection");
    }
  }

  public static EgressLimits of(Duration connect, Duration total, int requests) {
    return new EgressLimits(connect, total, IDLE, requests);
  }
}
