package dev.switchboard.grpc.event;

import dev.switchboard.api.v1.Event;
import dev.switchboard.grpc.call.EventStream;
import dev.switchboard.model.event.EventKind;
import java.util.Set;

/** What a stream of another service tells of events, in its own words. */
public interface EventView<R> {
  /** The kinds that it tells of. */
  Set<EventKind> kinds();

  /**
   * Begins the stream, once its place is taken: what happens from now on is told.
   *
   * @param cursor of what follows
   * @param resumed whether the caller goes on where it was
   */
  void begin(EventStream<R> stream, String cursor, boolean resumed) throws InterruptedException;

  /** One event of those kinds; it carries its cursor. */
  R told(Event event);

  /**
   * Events may be missing.
   *
   * @param cursor of what follows
   */
  void gap(EventStream<R> stream, String cursor) throws InterruptedException;
}
