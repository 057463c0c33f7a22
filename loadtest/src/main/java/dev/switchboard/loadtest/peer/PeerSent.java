package dev.switchboard.loadtest.peer;

import dev.switchboard.loadtest.measure.Latencies;
import dev.switchboard.loadtest.run.LoadTestException;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * What became of the messages of a turn.
 *
 * @param latencies from the call to the network's acknowledgement
 * @param failed messages without one
 */
public record PeerSent(Latencies latencies, long failed) {
  static final String WORD = "sent ";
  private static final long NANOS_PER_BUCKET = Duration.ofMillis(1).toNanos() / 10;
  private static final int FIRST_BUCKET = 4;

  public PeerSent plus(PeerSent other) {
    return new PeerSent(latencies.with(other.latencies), failed + other.failed);
  }

  /** Reads {@code sent COUNT FAILED NANOS BUCKET:COUNT…}, a bucket a tenth of a millisecond. */
  static PeerSent parse(String line) {
    String[] words = line.strip().split(" ", -1);
    try {
      Histogram histogram = Latencies.none().histogram();
      for (int at = FIRST_BUCKET; at < words.length; at++) {
        String[] bucket = words[at].split(":", 2);
        histogram.recordValueWithCount(
            Long.parseLong(bucket[0]) * NANOS_PER_BUCKET, Long.parseLong(bucket[1]));
      }
      if (histogram.getTotalCount() != Long.parseLong(words[1])) {
        throw new LoadTestException("the peer counts otherwise than it tells: " + words[1]);
      }
      return new PeerSent(
          new Latencies(histogram, Duration.ofNanos(Long.parseLong(words[3]))),
          Long.parseLong(words[2]));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new LoadTestException("the peer said something else than what it sent", e);
    }
  }
}
