package dev.switchboard.contract;

import com.google.protobuf.Timestamp;
import java.time.Instant;

/** Instants as the contract writes them. */
public final class Times {
  private Times() {}

  public static Timestamp toContract(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  public static Instant toModel(Timestamp timestamp) {
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }
}
