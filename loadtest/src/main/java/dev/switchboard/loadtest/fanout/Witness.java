package dev.switchboard.loadtest.fanout;

import com.google.protobuf.Timestamp;
import dev.switchboard.api.v1.StreamEventsResponse;
import dev.switchboard.loadtest.client.EventClient;
import dev.switchboard.loadtest.measure.Latencies;
import dev.switchboard.loadtest.run.LoadTestException;
import java.time.Duration;
import java.time.Instant;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Follows all the time: knows what the others have to be told, and when it was recorded. */
final class Witness extends Subscriber {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final Histogram untilRecorded = Latencies.none().histogram();

  /** The wall's clock when the count of nanoseconds was zero. */
  private final long zero;

  private long stamped;
  private @Nullable StreamEventsResponse newest;

  Witness(EventClient client) {
    super(client, false, new Window());
    Instant now = Instant.now();
    zero = now.getEpochSecond() * NANOS_PER_SECOND + now.getNano() - System.nanoTime();
  }

  @Override
  synchronized void told(StreamEventsResponse response, long stamp) {
    if (stamp == Stamp.NONE) {
      return;
    }
    newest = response;
    stamped++;
    Timestamp recorded = response.getEvent().getRecordTime();
    long nanos = recorded.getSeconds() * NANOS_PER_SECOND + recorded.getNanos() - zero - stamp;
    untilRecorded.recordValue(Math.clamp(nanos, 0, untilRecorded.getHighestTrackableValue()));
    notifyAll();
  }

  /** Waits until so many messages were told. */
  synchronized void await(long messages, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (stamped < messages) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0 || end() != null) {
        throw new LoadTestException(
            "only %d of %d messages were told".formatted(stamped, messages), end());
      }
      wait(left);
    }
  }

  /** From the call of the network to the time that the event bears. */
  synchronized Histogram untilRecorded() {
    return untilRecorded.copy();
  }

  /** An event as it is told, for a bare stream of the same bytes. */
  synchronized StreamEventsResponse newest() {
    if (newest == null) {
      throw new LoadTestException("no event was told");
    }
    return newest;
  }
}
