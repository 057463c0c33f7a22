package dev.switchboard.webhook;

import java.time.Duration;
import java.time.Instant;

/**
 * One attempt to post an event.
 *
 * @param number from 1 on
 * @param at when it began
 * @param latency how long it took
 */
public record Attempt(int number, Instant at, Duration latency, Outcome outcome) {
  public Attempt {
    if (number < 1 || latency.isNegative()) {
      throw new IllegalArgumentException("attempts are counted from 1 on, and take time");
    }
  }
}
