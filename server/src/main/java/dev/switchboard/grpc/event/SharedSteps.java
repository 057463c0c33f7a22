package dev.switchboard.grpc.event;

import dev.switchboard.api.v1.StreamEventsResponse;
import dev.switchboard.contract.event.RecordedEvents;
import dev.switchboard.event.Event;
import dev.switchboard.event.cursor.Cursors;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Events as callers get them, made once for all readers of the same stretch: an event has the same
 * sequence and, within its tenant, the same cursor for everybody. Keeps a few of the newest asked
 * for, at most 8 MiB of contents; long ones are made for each reader. Safe for use by many threads.
 */
final class SharedSteps {
  /** A power of two. */
  private static final int KEPT = 1_024;

  private static final int LONGEST_KEPT = 8 << 10;

  private final Cursors cursors;
  private final AtomicReferenceArray<@Nullable Step> steps = new AtomicReferenceArray<>(KEPT);

  private record Step(long position, StreamEventsResponse answer) {}

  SharedSteps(Cursors cursors) {
    this.cursors = cursors;
  }

  /** The step of a stream that tells the event. */
  StreamEventsResponse step(Event event) {
    int slot = (int) (event.position() & (KEPT - 1));
    Step known = steps.get(slot);
    if (known != null && known.position() == event.position()) {
      return known.answer();
    }
    StreamEventsResponse answer = made(event);
    if (event.content().length <= LONGEST_KEPT) {
      steps.set(slot, new Step(event.position(), answer));
    }
    return answer;
  }

  private StreamEventsResponse made(Event event) {
    String cursor = cursors.cursor(event.account().tenant(), event.position() + 1);
    return StreamEventsResponse.newBuilder()
        .setEvent(RecordedEvents.toContract(event, cursor))
        .build();
  }
}
