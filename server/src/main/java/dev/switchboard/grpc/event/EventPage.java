package dev.switchboard.grpc.event;

import dev.switchboard.api.v1.EventGap;
import dev.switchboard.api.v1.ListEventsResponse;
import dev.switchboard.event.Event;
import dev.switchboard.event.reading.Events;
import dev.switchboard.event.reading.Page;
import dev.switchboard.event.reading.Reading;
import java.time.Duration;
import java.util.List;

/** One page of events, waited for if need be. Belongs to one thread. */
final class EventPage {
  /** How long is looked for events before a page without any is returned, which goes on there. */
  private static final Duration LOOKING = Duration.ofSeconds(2);

  private final Events events;
  private final Reading reading;
  private final Told told;
  private boolean gap;

  EventPage(Events events, Reading reading, Told told, boolean gap) {
    this.events = events;
    this.reading = reading;
    this.told = told;
    this.gap = gap;
  }

  /**
   * The page.
   *
   * @param wait how long to wait for the first event when there is none
   */
  ListEventsResponse read(int size, Duration wait) throws InterruptedException {
    long begin = System.nanoTime();
    while (true) {
      boolean behind = behind();
      Duration spent = Duration.ofNanos(System.nanoTime() - begin);
      Duration left = wait.minus(spent);
      Page page = reading.next(size, behind || left.isNegative() ? Duration.ZERO : left);
      gap |= !(page instanceof Page.Events);
      List<Event> found = page instanceof Page.Events(var some, long _) ? some : List.of();
      boolean over = behind ? spent.compareTo(LOOKING) >= 0 : !left.isPositive();
      if (!found.isEmpty() || (over && page instanceof Page.Events)) {
        return answer(found);
      }
    }
  }

  private boolean behind() {
    return reading.position() < events.end();
  }

  private ListEventsResponse answer(List<Event> found) {
    String next = told.cursor(reading.position());
    var answer = ListEventsResponse.newBuilder().setNextCursor(next).setMore(behind());
    found.forEach(event -> answer.addEvents(told.event(event)));
    if (gap) {
      answer.setGap(EventGap.newBuilder().setCursor(next));
    }
    return answer.build();
  }
}
