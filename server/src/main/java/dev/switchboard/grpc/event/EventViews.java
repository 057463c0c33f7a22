package dev.switchboard.grpc.event;

import dev.switchboard.event.EventBacklog;
import dev.switchboard.event.reading.Events;
import dev.switchboard.event.reading.Reading;
import dev.switchboard.event.reading.Selection;
import dev.switchboard.event.reading.Start;
import dev.switchboard.grpc.call.Caller;
import dev.switchboard.grpc.call.EventStream;
import dev.switchboard.model.TenantId;
import io.grpc.stub.StreamObserver;
import java.time.Duration;

/** Serves the streams of other services that tell of events: each is a reading like any other. */
public final class EventViews {
  /** How long a stream waits for what happened before it; then it may be told some of that. */
  private static final Duration SETTLING = Duration.ofSeconds(2);

  private final Events events;
  private final EventBacklog backlog;
  private final Places places;
  private final SharedSteps steps;

  EventViews(Events events, EventBacklog backlog, Places places, SharedSteps steps) {
    this.events = events;
    this.backlog = backlog;
    this.places = places;
    this.steps = steps;
  }

  /**
   * Serves until the caller goes away or the server ends.
   *
   * @param instanceId of the only instance to tell of; empty for all
   * @param cursor where to go on; empty for what happens from now on
   */
  public <R> void serve(
      Caller caller,
      String instanceId,
      String cursor,
      EventView<R> view,
      StreamObserver<R> answer) {
    Start start = start(caller.tenant(), cursor);
    Reading reading = events.open(selection(caller, instanceId).withKinds(view.kinds()), start);
    ViewDelivery<R> delivery = new ViewDelivery<>(view, reading, caller, places, steps);
    EventStream.serve(
        answer,
        EventDelivery.WRITE_LIMIT,
        reading::close,
        stream -> {
          if (cursor.isEmpty()) {
            begin(reading);
          }
          delivery.serve(stream, !cursor.isEmpty());
        });
  }

  /** What a caller did before the call is over: it is not told as something new. */
  private void begin(Reading reading) throws InterruptedException {
    var _ = backlog.awaitTold(SETTLING);
    reading.skip();
  }

  private Start start(TenantId tenant, String cursor) {
    return cursor.isEmpty() ? new Start.Latest() : places.at(tenant, cursor, "cursor").start();
  }

  private static Selection selection(Caller caller, String instanceId) {
    return instanceId.isEmpty()
        ? Selection.of(caller.tenant())
        : Selection.of(caller.account(instanceId));
  }
}
