package dev.switchboard.loadtest.measure;

import dev.switchboard.loadtest.run.LoadTestException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * How long each of many calls took, and how long all of them together.
 *
 * @param histogram of nanoseconds, three digits each
 * @param time over which they were made
 */
public record Latencies(Histogram histogram, Duration time) {
  private static final long LONGEST_NANOS = Duration.ofMinutes(10).toNanos();
  private static final int DIGITS = 3;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  static Histogram empty() {
    return new Histogram(LONGEST_NANOS, DIGITS);
  }

  /** Nothing yet, to add to. */
  public static Latencies none() {
    return new Latencies(empty(), Duration.ZERO);
  }

  /** These and those, one after the other. */
  public Latencies plus(Latencies other) {
    Histogram sum = histogram.copy();
    sum.add(other.histogram);
    return new Latencies(sum, time.plus(other.time));
  }

  /** These and those, at the same time. */
  public Latencies with(Latencies other) {
    Histogram sum = histogram.copy();
    sum.add(other.histogram);
    return new Latencies(sum, time.compareTo(other.time) > 0 ? time : other.time);
  }

  /** Milliseconds within which so many per cent were done. */
  public double millis(double percentile) {
    return histogram.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
  }

  public long count() {
    return histogram.getTotalCount();
  }

  public double perSecond() {
    return time.isZero() ? 0 : count() * NANOS_PER_SECOND / time.toNanos();
  }

  /** As one word and a number, for another process. */
  public String encoded() {
    var buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    return time.toNanos()
        + " "
        + Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
  }

  /** What another process said. */
  public static Latencies decoded(String encoded) {
    String[] words = encoded.split(" ", 2);
    try {
      var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(words[1]));
      return new Latencies(
          Histogram.decodeFromCompressedByteBuffer(bytes, LONGEST_NANOS),
          Duration.ofNanos(Long.parseLong(words[0])));
    } catch (DataFormatException | IllegalArgumentException e) {
      throw new LoadTestException("a histogram cannot be read", e);
    }
  }
}
