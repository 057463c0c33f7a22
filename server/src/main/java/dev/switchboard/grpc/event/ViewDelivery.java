package dev.switchboard.grpc.event;

import dev.switchboard.event.Event;
import dev.switchboard.event.reading.Page;
import dev.switchboard.event.reading.Reading;
import dev.switchboard.grpc.call.Caller;
import dev.switchboard.grpc.call.EventStream;

/** One stream of a view. Belongs to one thread. */
final class ViewDelivery<R> {
  private static final int AT_ONCE = 200;

  private final EventView<R> view;
  private final Reading reading;
  private final Caller caller;
  private final Places places;
  private final SharedSteps steps;
  private long checkedAt = System.nanoTime();

  ViewDelivery(
      EventView<R> view, Reading reading, Caller caller, Places places, SharedSteps steps) {
    this.view = view;
    this.reading = reading;
    this.caller = caller;
    this.places = places;
    this.steps = steps;
  }

  void serve(EventStream<R> stream, boolean resumed) throws InterruptedException {
    view.begin(stream, cursor(reading.position()), resumed);
    while (true) {
      Page page = reading.next(AT_ONCE, EventStream.RECHECK);
      recheck();
      switch (page) {
        case Page.Gap(long _, long next) -> view.gap(stream, cursor(next));
        case Page.Damaged(var _, long _, long next) -> view.gap(stream, cursor(next));
        case Page.Events(var events, long _) -> {
          for (Event event : events) {
            stream.write(view.told(steps.step(event).getEvent()));
            recheck();
          }
        }
      }
    }
  }

  private String cursor(long position) {
    return places.cursor(caller.tenant(), position);
  }

  private void recheck() {
    if (System.nanoTime() - checkedAt >= EventStream.RECHECK.toNanos()) {
      caller.recheck();
      checkedAt = System.nanoTime();
    }
  }
}
