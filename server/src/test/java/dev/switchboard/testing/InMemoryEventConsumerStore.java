package dev.switchboard.testing;

import dev.switchboard.event.consumer.EventConsumer;
import dev.switchboard.event.consumer.EventConsumerStore;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Consumers of events of one tenant in memory. */
public final class InMemoryEventConsumerStore implements EventConsumerStore {
  private final TreeMap<String, EventConsumer> all = new TreeMap<>();

  @Override
  public synchronized Optional<EventConsumer> find(TenantId tenant, String id) {
    return Optional.ofNullable(all.get(key(tenant, id)));
  }

  @Override
  public synchronized EventConsumer advance(EventConsumer to) {
    String key = key(to.tenant(), to.id());
    EventConsumer known = all.get(key);
    if (known == null && list(to.tenant(), "", MOST).size() == MOST) {
      throw new GatewayException(Reason.TOO_MANY_CONSUMERS, "too many consumers");
    }
    if (known != null && known.log().equals(to.log()) && known.position() >= to.position()) {
      return known;
    }
    all.put(key, to);
    return to;
  }

  @Override
  public synchronized List<EventConsumer> list(TenantId tenant, String after, int limit) {
    return all.tailMap(key(tenant, after), false).values().stream()
        .filter(consumer -> consumer.tenant().equals(tenant))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized boolean delete(TenantId tenant, String id) {
    return all.remove(key(tenant, id)) != null;
  }

  private static String key(TenantId tenant, String id) {
    return tenant + "/" + id;
  }
}
