package dev.switchboard.loadtest.events;

import dev.switchboard.api.v1.Event;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What one reader of all kinds was told, by the sequences: of each instance every number, in order.
 * Numbers that were passed over are missing until they come, and then they came out of order. Safe
 * for use by many threads.
 */
public final class Sequences {
  private final Map<String, Told> instances = new HashMap<>();
  private final boolean ids;
  private long count;
  private long reordered;
  private long repeated;
  private long contradicted;

  private static final class Told {
    private final Map<Long, String> ids = new HashMap<>();
    private final Set<Long> missing = new HashSet<>();
    private long last;

    Told(long last) {
      this.last = last;
    }
  }

  /**
   * @param ids whether to remember the id of each event, so that a repeat under another one is seen
   */
  public Sequences(boolean ids) {
    this.ids = ids;
  }

  /** Tells where instances stood before the reader began: what follows has to come. */
  public synchronized void beginAfter(Map<String, Long> last) {
    last.forEach((instance, sequence) -> instances.put(instance, new Told(sequence)));
  }

  /** An event came. Of an instance that is not known yet anything may be the first. */
  public synchronized void take(Event event) {
    count++;
    long sequence = event.getSequence();
    Told told = instances.computeIfAbsent(event.getInstanceId(), id -> new Told(sequence - 1));
    if (sequence > told.last) {
      for (long passed = told.last + 1; passed < sequence; passed++) {
        told.missing.add(passed);
      }
      told.last = sequence;
    } else if (told.missing.remove(sequence)) {
      reordered++;
    } else {
      repeated++;
    }
    if (ids) {
      String first = told.ids.putIfAbsent(sequence, event.getEventId());
      if (first != null && !first.equals(event.getEventId())) {
        contradicted++;
      }
    }
  }

  /** The newest sequence of each instance. */
  public synchronized Map<String, Long> last() {
    var last = new HashMap<String, Long>();
    instances.forEach((instance, told) -> last.put(instance, told.last));
    return last;
  }

  /** How many events that are there by now did not come. */
  public synchronized long missing(Map<String, Long> there) {
    long missing = 0;
    for (var entry : there.entrySet()) {
      Told told = instances.get(entry.getKey());
      missing += told == null ? entry.getValue() : Math.max(0, entry.getValue() - told.last);
    }
    return missing + lost();
  }

  /** How many were passed over and did not come later. */
  public synchronized long lost() {
    return instances.values().stream().mapToLong(told -> told.missing.size()).sum();
  }

  /** How many came, repeats included. */
  public synchronized long count() {
    return count;
  }

  /** How many came after a later one of their instance, and had not come before. */
  public synchronized long reordered() {
    return reordered;
  }

  /** How many came again. */
  public synchronized long repeated() {
    return repeated;
  }

  /** How many came again under another id: allowed for none. */
  public synchronized long contradicted() {
    return contradicted;
  }
}
