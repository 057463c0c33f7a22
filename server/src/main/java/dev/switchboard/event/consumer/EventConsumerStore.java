package dev.switchboard.event.consumer;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.TenantId;
import java.util.List;
import java.util.Optional;

/** Where consumers are stored. Every method throws STORAGE_UNAVAILABLE when storage is away. */
public interface EventConsumerStore {
  /** How many consumers a tenant may have. */
  int MOST = 100;

  Optional<EventConsumer> find(TenantId tenant, String id);

  /**
   * Moves a consumer forward, or makes it; durable when it returns. One that is there already or
   * further on, in the same log, stays where it is.
   *
   * @return the consumer as it is then
   * @throws GatewayException TOO_MANY_CONSUMERS when the tenant has {@link #MOST} others
   */
  EventConsumer advance(EventConsumer to);

  /**
   * One page, by id.
   *
   * @param after the last id of the page before, or nothing
   */
  List<EventConsumer> list(TenantId tenant, String after, int limit);

  /** Returns whether there was one. */
  boolean delete(TenantId tenant, String id);
}
