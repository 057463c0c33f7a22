package dev.switchboard.loadtest.fanout;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When messages left the network for the sockets of their accounts, as the network says, by the
 * time of the call that wrote them.
 */
final class Departures {
  private static final int TRIES = 20;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final Map<Long, Long> times = new ConcurrentHashMap<>();

  /** The wall's clock when the count of nanoseconds was zero. */
  private volatile long zero = zero();

  /** Forgets all, and looks again how the two clocks of the machine stand to each other. */
  void clear() {
    times.clear();
    zero = zero();
  }

  void left(long stamp, Instant at) {
    times.put(stamp, nanos(at) - zero);
  }

  /** When the message of that stamp left; the stamp itself for what never was a message. */
  long of(long stamp) {
    return times.getOrDefault(stamp, stamp);
  }

  /** The best of some tries: this thread may have to wait for a processor between two clocks. */
  private static long zero() {
    long zero = 0;
    long least = Long.MAX_VALUE;
    for (int i = 0; i < TRIES; i++) {
      long before = System.nanoTime();
      long wall = nanos(Instant.now());
      long took = System.nanoTime() - before;
      if (took < least) {
        least = took;
        zero = wall - before - took / 2;
      }
    }
    return zero;
  }

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano();
  }
}
