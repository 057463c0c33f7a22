package dev.switchboard.grpc.event;

import dev.switchboard.api.v1.StreamEventsResponse;
import dev.switchboard.event.Event;
import dev.switchboard.model.TenantId;

/**
 * Events as one caller gets them.
 *
 * @param tenant whose events they are
 * @param replayedBefore what lies before this position is marked as delivered anew
 */
record Told(SharedSteps steps, Places places, TenantId tenant, long replayedBefore) {
  StreamEventsResponse step(Event event) {
    StreamEventsResponse step = steps.step(event);
    return event.position() < replayedBefore ? marked(step) : step;
  }

  dev.switchboard.api.v1.Event event(Event event) {
    return step(event).getEvent();
  }

  String cursor(long position) {
    return places.cursor(tenant, position);
  }

  /** Shares everything below with what it was made of. */
  private static StreamEventsResponse marked(StreamEventsResponse step) {
    return StreamEventsResponse.newBuilder()
        .setEvent(step.getEvent().toBuilder().setReplay(true))
        .build();
  }
}
