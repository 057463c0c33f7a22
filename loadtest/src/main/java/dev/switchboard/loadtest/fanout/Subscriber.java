package dev.switchboard.loadtest.fanout;

import dev.switchboard.api.v1.Event;
import dev.switchboard.api.v1.StreamEventsRequest;
import dev.switchboard.api.v1.StreamEventsResponse;
import dev.switchboard.loadtest.client.EventClient;
import dev.switchboard.loadtest.events.Sequences;
import dev.switchboard.loadtest.measure.Latencies;
import dev.switchboard.loadtest.run.LoadTestException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** One reader of a stream: as fast as it can, or as it is let. */
class Subscriber
    implements ClientResponseObserver<StreamEventsRequest, StreamEventsResponse>, AutoCloseable {
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final int FIRST_ROOM = 1_024;

  private final EventClient client;
  private final boolean held;
  private final Window window;
  private final Sequences sequences = new Sequences(false);
  private final CountDownLatch begun = new CountDownLatch(1);
  private long[] told = new long[FIRST_ROOM];
  private int pairs;
  private @Nullable ClientCallStreamObserver<StreamEventsRequest> call;
  private volatile @Nullable Throwable end;

  /**
   * @param held whether it reads nothing behind the first response until it is let
   * @param window when what is written counts
   */
  Subscriber(EventClient client, boolean held, Window window) {
    this.client = client;
    this.held = held;
    this.window = window;
  }

  /** Asks for all events of the tenant from now on. */
  void begin(Map<String, Long> before) {
    sequences.beginAfter(before);
    client.stream(StreamEventsRequest.getDefaultInstance(), this);
  }

  /** Waits until everything that happens from now on is told. */
  void awaitBegin(Duration patience) throws InterruptedException {
    if (!begun.await(patience.toMillis(), TimeUnit.MILLISECONDS) || end != null) {
      throw new LoadTestException("a stream of events did not begin", end);
    }
  }

  /** Lets one that is held back read so many responses more. */
  void read(int responses) {
    if (call != null) {
      call.request(responses);
    }
  }

  /** Lets one that is held back read what there is, and what comes. */
  void readAll() {
    read(Integer.MAX_VALUE);
  }

  /** Whether the stream ended, which it never does by itself. */
  @Nullable Throwable end() {
    return end;
  }

  Sequences sequences() {
    return sequences;
  }

  /**
   * How late what counts came so far.
   *
   * @param since from which time on, for the stamp of a message
   */
  synchronized Histogram latencies(LongUnaryOperator since) {
    Histogram latencies = Latencies.none().histogram();
    for (int i = 0; i < pairs; i += 2) {
      long nanos = told[i + 1] - since.applyAsLong(told[i]);
      latencies.recordValue(Math.clamp(nanos, 0, LONGEST.toNanos()));
    }
    return latencies;
  }

  @Override
  public final void beforeStart(ClientCallStreamObserver<StreamEventsRequest> started) {
    call = started;
    if (held) {
      started.disableAutoRequestWithInitial(1);
    }
  }

  @Override
  public final void onNext(StreamEventsResponse response) {
    long now = System.nanoTime();
    if (response.hasEvent()) {
      Event event = response.getEvent();
      sequences.take(event);
      long stamp = Stamp.of(event);
      if (window.holds(stamp)) {
        record(stamp, now);
      }
      told(response, stamp);
    }
    begun.countDown();
  }

  /** What else is to be done with an event. */
  void told(StreamEventsResponse response, long stamp) {}

  /** When the message left its network is known later, and looked up then. */
  private synchronized void record(long stamp, long now) {
    if (pairs == told.length) {
      told = Arrays.copyOf(told, 2 * pairs);
    }
    told[pairs++] = stamp;
    told[pairs++] = now;
  }

  @Override
  public final void onError(Throwable failure) {
    end = failure;
    begun.countDown();
  }

  @Override
  public final void onCompleted() {
    onError(new LoadTestException("a stream of events ended"));
  }

  @Override
  public void close() {
    client.close();
  }
}
