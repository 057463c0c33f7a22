package dev.switchboard.grpc.event;

import dev.switchboard.api.v1.EventStart;
import dev.switchboard.contract.Times;
import dev.switchboard.event.consumer.EventConsumer;
import dev.switchboard.event.consumer.EventConsumerStore;
import dev.switchboard.event.cursor.Cursors;
import dev.switchboard.event.cursor.Cursors.Place;
import dev.switchboard.event.reading.Events;
import dev.switchboard.event.reading.Start;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.TenantId;
import java.util.Map;

/** Where callers begin and how far they have come, between what they say and the log. */
public final class Places {
  private final Events events;
  private final Cursors cursors;
  private final EventConsumerStore consumers;

  /**
   * Where a reader begins.
   *
   * @param replayed whether the caller asks for what was there before
   * @param gap whether something is missing before it for sure
   */
  record Begin(Start start, boolean replayed, boolean gap) {}

  public Places(Events events, Cursors cursors, EventConsumerStore consumers) {
    this.events = events;
    this.cursors = cursors;
    this.consumers = consumers;
  }

  public String cursor(TenantId tenant, long position) {
    return cursors.cursor(tenant, position);
  }

  /** Where a request begins that says so. */
  Begin begin(TenantId tenant, EventStart start, Start otherwise) {
    return switch (start.getStartCase()) {
      case CURSOR -> at(tenant, start.getCursor(), "start.cursor");
      case EARLIEST -> new Begin(new Start.Earliest(), true, false);
      case LATEST -> new Begin(new Start.Latest(), false, false);
      case TIME -> new Begin(new Start.Since(Times.toModel(start.getTime())), true, false);
      case CONSUMER_ID ->
          consumers
              .find(tenant, start.getConsumerId())
              .map(this::begin)
              .orElse(new Begin(new Start.Earliest(), false, false));
      case START_NOT_SET -> new Begin(otherwise, false, false);
    };
  }

  /** Where a reader begins that says so by a cursor; errors as of {@link #position}. */
  Begin at(TenantId tenant, String cursor, String field) {
    return at(position(tenant, cursor, field));
  }

  /**
   * The position of a cursor.
   *
   * @throws GatewayException INVALID_FIELD, naming this field, for one that the tenant was not
   *     given; CURSOR_EXPIRED when what follows it is gone
   */
  public long position(TenantId tenant, String cursor, String field) {
    Place place =
        cursors
            .place(tenant, cursor)
            .orElseThrow(() ->
                GatewayException.invalidField(field, "is not a cursor that this tenant was given"));
    if (place instanceof Place.Here(long position) && position >= events.first()) {
      return position;
    }
    throw GatewayException.detailed(
        Reason.CURSOR_EXPIRED,
        "the events behind the cursor are not kept any more",
        null,
        Map.of("earliest", cursor(tenant, events.first())));
  }

  /** Whether what a consumer would read next is gone. */
  boolean expired(EventConsumer consumer) {
    return !consumer.log().equals(events.logId()) || consumer.position() < events.first();
  }

  /** Where a consumer goes on. */
  long position(EventConsumer consumer) {
    return expired(consumer) ? events.first() : consumer.position();
  }

  private Begin begin(EventConsumer consumer) {
    return expired(consumer)
        ? new Begin(new Start.Earliest(), false, true)
        : at(consumer.position());
  }

  /**
   * With a disk that lies about flushes, or a restored copy of the log, a position may lie behind
   * its end; what comes next is told then.
   */
  private Begin at(long position) {
    return new Begin(new Start.At(Math.min(position, events.end())), false, false);
  }
}
