package dev.switchboard.cache;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Values of a store, kept once they were read. Whatever changes a value goes through here, so that
 * a read that begins after the change has returned sees it. What is not there is not kept.
 *
 * <p>While storage is away what is kept is still told; a value whose change failed is read anew as
 * soon as storage answers, since nobody knows whether the change is in it.
 *
 * <p>Bounded: the value that goes when there are too many is one that was not asked for lately.
 */
public final class WriteThrough<K, V> {
  private static final int STRIPES = 64;

  private static final class Kept<V> {
    private final V value;
    private final boolean sure;
    private volatile boolean asked = true;

    private Kept(V value, boolean sure) {
      this.value = value;
      this.sure = sure;
    }
  }

  private final ConcurrentMap<K, Kept<V>> kept = new ConcurrentHashMap<>();
  private final AtomicLongArray changes = new AtomicLongArray(STRIPES);
  private final int limit;
  private Iterator<Map.Entry<K, Kept<V>>> hand = kept.entrySet().iterator();

  /**
   * An empty one.
   *
   * @param limit how many values to keep at most
   */
  public WriteThrough(int limit) {
    this.limit = limit;
  }

  /** The value that is kept, or else what the store says. */
  public Optional<V> find(K key, Supplier<Optional<V>> load) {
    Kept<V> known = kept.get(key);
    if (known == null) {
      return load(key, load);
    }
    if (!known.asked) {
      known.asked = true; // Written only where it changes: many threads read it.
    }
    return known.sure ? Optional.of(known.value) : loadOr(key, known.value, load);
  }

  /** Whether {@link #find} would tell the value without asking the store. */
  public boolean keeps(K key) {
    Kept<V> known = kept.get(key);
    return known != null && known.sure;
  }

  /** Changes what the store holds under that key; afterwards the new value is kept. */
  public <T> T change(K key, Supplier<T> write, Supplier<Optional<V>> load) {
    changes.incrementAndGet(stripe(key)); // What is being read now may be older than the change.
    try {
      return write.get();
    } finally {
      changes.incrementAndGet(stripe(key));
      Kept<V> old = kept.computeIfPresent(key, (ignored, now) -> new Kept<>(now.value, false));
      if (old != null) {
        var _ = loadOr(key, old.value, load);
      }
    }
  }

  /** Changes what the store holds under keys that are known by their values only. */
  public <T> T changeWhere(Predicate<V> changed, Supplier<T> write) {
    changeAll();
    try {
      return write.get();
    } finally {
      changeAll();
      kept.values().removeIf(known -> changed.test(known.value));
    }
  }

  /** How many values are kept. */
  public int size() {
    return kept.size();
  }

  private Optional<V> load(K key, Supplier<Optional<V>> load) {
    long before = changes.get(stripe(key));
    Optional<V> found = load.get();
    kept.compute(
        key,
        (ignored, old) ->
            changes.get(stripe(key)) != before
                ? old
                : found.map(v -> new Kept<>(v, true)).orElse(null));
    makeRoom();
    return found;
  }

  /** What the store says, or the value that is kept while it says nothing. */
  private Optional<V> loadOr(K key, V value, Supplier<Optional<V>> load) {
    try {
      return load(key, load);
    } catch (GatewayException e) {
      if (e.reason() != Reason.STORAGE_UNAVAILABLE) {
        throw e;
      }
      return Optional.of(value);
    }
  }

  private void changeAll() {
    for (int i = 0; i < STRIPES; i++) {
      changes.incrementAndGet(i);
    }
  }

  /** One round takes back the marks of those that were asked for, the next one finds some. */
  private void makeRoom() {
    if (kept.size() > limit) {
      synchronized (kept) {
        for (int step = 0; kept.size() > limit && step <= 2 * limit; step++) {
          pass();
        }
      }
    }
  }

  private void pass() {
    if (!hand.hasNext()) {
      hand = kept.entrySet().iterator();
    }
    if (hand.hasNext()) {
      Map.Entry<K, Kept<V>> entry = hand.next();
      if (entry.getValue().asked) {
        entry.getValue().asked = false;
      } else {
        kept.remove(entry.getKey(), entry.getValue());
      }
    }
  }

  private static int stripe(Object key) {
    return Math.floorMod(key.hashCode(), STRIPES);
  }
}
