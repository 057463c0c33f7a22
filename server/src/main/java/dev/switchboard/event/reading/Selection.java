package dev.switchboard.event.reading;

import dev.switchboard.event.Event;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.event.EventKind;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which events a reader wants.
 *
 * @param instances of which instances; none named: of all, also of those that come later
 * @param kinds of which kinds; none named: of all
 * @param also what else is asked of an event, looking into its content; is called often
 */
public record Selection(
    TenantId tenant, Set<InstanceId> instances, Set<EventKind> kinds, Predicate<Event> also) {
  /** How many instances may be named. */
  public static final int MOST_INSTANCES = 1_000;

  public Selection {
    instances = Set.copyOf(instances);
    kinds = Set.copyOf(kinds);
    if (instances.size() > MOST_INSTANCES) {
      throw new IllegalArgumentException("at most " + MOST_INSTANCES + " instances can be named");
    }
  }

  /** Everything of a tenant. */
  public static Selection of(TenantId tenant) {
    return new Selection(tenant, Set.of(), Set.of(), _ -> true);
  }

  /** Everything of one instance. */
  public static Selection of(AccountKey account) {
    return new Selection(account.tenant(), Set.of(account.instance()), Set.of(), _ -> true);
  }

  public Selection withKinds(Set<EventKind> other) {
    return new Selection(tenant, instances, other, also);
  }

  public Selection withAlso(Predicate<Event> other) {
    return new Selection(tenant, instances, kinds, other);
  }

  /** Whether the event is of an instance that is wanted. */
  boolean wants(AccountKey account) {
    return account.tenant().equals(tenant)
        && (instances.isEmpty() || instances.contains(account.instance()));
  }

  boolean wants(EventKind kind) {
    return kinds.isEmpty() || kinds.contains(kind);
  }

  boolean wants(Event event) {
    return wants(event.account()) && wants(event.kind()) && also.test(event);
  }
}
