package dev.switchboard.sandbox.control;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;

/** Times as the contract has them. */
final class Times {
  private Times() {}

  static Timestamp ofSeconds(long seconds) {
    return Timestamp.newBuilder().setSeconds(seconds).build();
  }

  static Timestamp ofMillis(long millis) {
    return of(Instant.ofEpochMilli(millis));
  }

  static Duration duration(com.google.protobuf.Duration duration) {
    return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
  }

  static Timestamp of(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
