package dev.switchboard.grpc.event;

import com.google.protobuf.Timestamp;
import dev.switchboard.api.v1.EventGap;
import dev.switchboard.api.v1.EventHeartbeat;
import dev.switchboard.api.v1.StreamEventsResponse;
import dev.switchboard.contract.Times;
import dev.switchboard.event.Event;
import dev.switchboard.event.reading.Page;
import dev.switchboard.event.reading.Reading;
import dev.switchboard.grpc.call.Caller;
import dev.switchboard.grpc.call.EventStream;
import java.time.Duration;
import java.time.InstantSource;

/** One stream of events: what was there, what comes, and signs of life. Belongs to one thread. */
final class EventDelivery {
  /** How long a caller may read nothing before its place is given to others. It can come back. */
  static final Duration WRITE_LIMIT = Duration.ofHours(1);

  private static final int AT_ONCE = 200;

  private final EventStream<StreamEventsResponse> stream;
  private final Reading reading;
  private final Told told;
  private final Caller caller;
  private final Duration heartbeat;
  private final InstantSource clock;
  private long wroteAt = System.nanoTime();
  private long checkedAt = System.nanoTime();

  EventDelivery(
      EventStream<StreamEventsResponse> stream,
      Reading reading,
      Told told,
      Caller caller,
      Duration heartbeat,
      InstantSource clock) {
    this.stream = stream;
    this.reading = reading;
    this.told = told;
    this.caller = caller;
    this.heartbeat = heartbeat;
    this.clock = clock;
  }

  /**
   * Serves until the caller goes away or the server ends.
   *
   * @param gap whether something is missing before the first event
   */
  void serve(boolean gap) throws InterruptedException {
    beat();
    if (gap) {
      write(gap(reading.position()));
    }
    while (true) {
      tell(reading.next(AT_ONCE, patience()));
      if (left(wroteAt, heartbeat) <= 0) {
        beat();
      }
    }
  }

  private void tell(Page page) throws InterruptedException {
    recheck();
    switch (page) {
      case Page.Gap(long _, long next) -> write(gap(next));
      case Page.Damaged(var _, long _, long next) -> write(gap(next));
      case Page.Events(var events, long _) -> {
        for (Event event : events) {
          write(told.step(event));
        }
      }
    }
  }

  private StreamEventsResponse gap(long next) {
    return StreamEventsResponse.newBuilder()
        .setGap(EventGap.newBuilder().setCursor(told.cursor(next)))
        .build();
  }

  private void beat() throws InterruptedException {
    Timestamp now = Times.toContract(clock.instant());
    write(
        StreamEventsResponse.newBuilder()
            .setHeartbeat(
                EventHeartbeat.newBuilder().setCursor(told.cursor(reading.position())).setTime(now))
            .build());
  }

  private void write(StreamEventsResponse answer) throws InterruptedException {
    recheck();
    stream.write(answer);
    wroteAt = System.nanoTime();
  }

  private void recheck() {
    if (left(checkedAt, EventStream.RECHECK) <= 0) {
      caller.recheck();
      checkedAt = System.nanoTime();
    }
  }

  /** How long to wait for events before there is something else to do. */
  private Duration patience() {
    long nanos = Math.min(left(wroteAt, heartbeat), left(checkedAt, EventStream.RECHECK));
    return Duration.ofNanos(Math.max(0, nanos));
  }

  private static long left(long since, Duration interval) {
    return interval.toNanos() - (System.nanoTime() - since);
  }
}
