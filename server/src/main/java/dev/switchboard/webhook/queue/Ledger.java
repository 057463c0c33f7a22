package dev.switchboard.webhook.queue;

import dev.switchboard.model.AccountKey;
import dev.switchboard.webhook.Delivery;
import dev.switchboard.webhook.storage.Drop;
import dev.switchboard.webhook.storage.StoredDelivery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What of the deliveries is to be stored. A new one is not: the log has it, and it is read again
 * after a start. It is as soon as it failed, or waits behind one that did, or came to its end; so
 * the place in the log from which a start reads moves past it.
 */
final class Ledger {
  /** How many may have ended without being stored; nothing is posted beyond. */
  static final int MOST_UNSAVED = 1_024;

  private final NavigableMap<Delivery.Id, OpenDelivery> open = new TreeMap<>();

  /** The positions of those that are not kept, by round. */
  private final Map<Integer, NavigableSet<Long>> unkept = new HashMap<>();

  private final Set<OpenDelivery> changed = new LinkedHashSet<>();
  private final Map<AccountKey, Drop> drops = new HashMap<>();
  private int unsaved;

  NavigableMap<Delivery.Id, OpenDelivery> open() {
    return open;
  }

  void add(OpenDelivery delivery) {
    open.put(delivery.id(), delivery);
    if (!delivery.kept) {
      Delivery.Id id = delivery.id();
      unkept.computeIfAbsent(id.round(), _ -> new TreeSet<>()).add(id.position());
    }
  }

  /** Has it stored as it is when the next step is made. */
  void change(OpenDelivery delivery) {
    changed.add(delivery);
    if (!delivery.kept) {
      delivery.kept = true;
      Delivery.Id id = delivery.id();
      unkept.computeIfPresent(
          id.round(),
          (_, positions) ->
              positions.remove(id.position()) && positions.isEmpty() ? null : positions);
    }
  }

  void end(OpenDelivery delivery) {
    open.remove(delivery.id());
    change(delivery);
    unsaved++;
  }

  void drop(Drop drop) {
    drops.merge(drop.account(), drop, Drop::and);
  }

  boolean full() {
    return unsaved >= MOST_UNSAVED;
  }

  /** How many would be stored. */
  int size() {
    return changed.size() + drops.size();
  }

  /** The first position that has to be read again, of those before an end. */
  long place(int round, long end) {
    NavigableSet<Long> positions = unkept.get(round);
    return positions == null ? end : Math.min(end, positions.getFirst());
  }

  /** Has everything stored that is open. */
  void keepAll() {
    open.values().stream().filter(delivery -> !delivery.kept).forEach(this::change);
  }

  List<StoredDelivery> deliveries() {
    return changed.stream().map(OpenDelivery::toStore).toList();
  }

  List<Drop> drops() {
    return new ArrayList<>(drops.values());
  }

  /** All of that is stored. */
  void saved() {
    changed.clear();
    drops.clear();
    unsaved = 0;
  }
}
