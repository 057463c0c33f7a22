package dev.switchboard.loadtest.events;

import dev.switchboard.api.v1.AckEventsRequest;
import dev.switchboard.api.v1.Event;
import dev.switchboard.api.v1.EventStart;
import dev.switchboard.api.v1.ListEventsRequest;
import dev.switchboard.api.v1.ListEventsResponse;
import dev.switchboard.api.v1.StreamEventsRequest;
import dev.switchboard.api.v1.StreamEventsResponse;
import dev.switchboard.loadtest.client.EventClient;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads all events of the tenant from the oldest on, and goes on where it stopped whenever the
 * server is there again. Belongs to one thread; what it was told may be looked at by others.
 */
final class EventReader {
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final Duration WAIT = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** Every so many events a place is kept that is not kept for each. */
  private static final int KEPT_EVERY = 30;

  /** What a server that is killed, starts, or has no database answers. */
  private static final Set<Code> PASSING =
      EnumSet.of(
          Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED, Code.CANCELLED, Code.UNKNOWN, Code.INTERNAL);

  private final Way way;
  private final String consumer;
  private final ServerAddress address;
  private final Sequences sequences = new Sequences(true);
  private @Nullable String kept;
  private final AtomicLong gaps = new AtomicLong();
  private final AtomicLong resumptions = new AtomicLong();
  private volatile @Nullable RuntimeException failure;

  EventReader(Way way, String consumer, ServerAddress address) {
    this.way = way;
    this.consumer = consumer;
    this.address = address;
  }

  Way way() {
    return way;
  }

  Sequences sequences() {
    return sequences;
  }

  long gaps() {
    return gaps.get();
  }

  long resumptions() {
    return resumptions.get();
  }

  @Nullable RuntimeException failure() {
    return failure;
  }

  /** Reads until it is interrupted. */
  void run() {
    try {
      while (true) {
        try (EventClient client = address.await()) {
          read(client);
        } catch (StatusRuntimeException e) {
          if (Thread.interrupted()) {
            return;
          }
          if (!PASSING.contains(e.getStatus().getCode())) {
            failure = e;
            return;
          }
        }
        resumptions.incrementAndGet();
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read(EventClient client) {
    if (way == Way.PAGES) {
      while (!Thread.currentThread().isInterrupted()) {
        page(client);
      }
    } else {
      stream(client);
    }
  }

  private void page(EventClient client) {
    ListEventsResponse page =
        client.page(
            ListEventsRequest.newBuilder()
                .setStart(start())
                .setWait(com.google.protobuf.Duration.newBuilder().setSeconds(WAIT.toSeconds()))
                .build(),
            DEADLINE);
    gaps.addAndGet(page.hasGap() ? 1 : 0);
    page.getEventsList().forEach(sequences::take);
    kept = page.getNextCursor();
  }

  private void stream(EventClient client) {
    Iterator<StreamEventsResponse> steps =
        client.stream(StreamEventsRequest.newBuilder().setStart(start()).build());
    while (steps.hasNext()) {
      StreamEventsResponse step = steps.next();
      switch (step.getStepCase()) {
        case EVENT -> take(client, step.getEvent());
        case HEARTBEAT -> keep(client, step.getHeartbeat().getCursor());
        case GAP -> gaps.incrementAndGet();
        case STEP_NOT_SET -> {}
      }
    }
  }

  private void take(EventClient client, Event event) {
    sequences.take(event);
    if (way == Way.CURSOR || sequences.count() % KEPT_EVERY == 0) {
      keep(client, event.getCursor());
    }
  }

  private void keep(EventClient client, String cursor) {
    if (way == Way.CONSUMER) {
      client.acknowledge(
          AckEventsRequest.newBuilder().setConsumerId(consumer).setCursor(cursor).build(),
          DEADLINE);
    } else {
      kept = cursor;
    }
  }

  private EventStart start() {
    if (way == Way.CONSUMER) {
      return EventStart.newBuilder().setConsumerId(consumer).build();
    }
    return kept == null
        ? EventStart.newBuilder().setEarliest(true).build()
        : EventStart.newBuilder().setCursor(kept).build();
  }
}
