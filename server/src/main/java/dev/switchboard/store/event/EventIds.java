package dev.switchboard.store.event;

import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Ids of events: UUIDs of version 7 (RFC 9562), whose order is about that of time. */
final class EventIds {
  private static final int RANDOM_BITS = 12;
  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private final RandomGenerator random;

  EventIds(RandomGenerator random) {
    this.random = random;
  }

  UUID next(Instant now) {
    var high = now.toEpochMilli() << 16 | VERSION | random.nextInt(1 << RANDOM_BITS);
    return new UUID(high, random.nextLong() >>> 2 | VARIANT);
  }
}
