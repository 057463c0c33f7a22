package dev.switchboard.event.reading;

import dev.switchboard.event.Event;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.Reason;
import dev.switchboard.model.TenantId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who reads what, so that an event wakes those whom it concerns and nobody else. */
final class Readers {
  /** When one who found no place may look again. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Semaphore places;
  private final Set<Reading> all = ConcurrentHashMap.newKeySet();
  private final Map<AccountKey, Set<Reading>> ofInstances = new ConcurrentHashMap<>();
  private final Map<TenantId, Set<Reading>> ofTenants = new ConcurrentHashMap<>();
  private volatile boolean over;

  Readers(int limit) {
    places = new Semaphore(limit);
  }

  /**
   * Lets one more in.
   *
   * @throws GatewayException TOO_MANY_SUBSCRIBERS at the limit
   */
  void enter(Reading reading) {
    if (!places.tryAcquire()) {
      throw GatewayException.retryable(
          Reason.TOO_MANY_SUBSCRIBERS,
          "the gateway serves no more readers at once",
          RETRY_AFTER,
          null);
    }
    enterUncounted(reading);
  }

  /** Lets one in that takes nobody's place. */
  void enterUncounted(Reading reading) {
    all.add(reading);
    Selection selection = reading.selection();
    if (selection.instances().isEmpty()) {
      add(ofTenants, selection.tenant(), reading);
    } else {
      selection.instances().forEach(id -> add(ofInstances, key(selection, id), reading));
    }
    if (over) { // Looked at after entering, so that nobody slips past the end.
      reading.end(shuttingDown());
    }
  }

  void leave(Reading reading) {
    if (leaveUncounted(reading)) {
      places.release();
    }
  }

  /** One that took nobody's place leaves; false when it had left. */
  boolean leaveUncounted(Reading reading) {
    if (!all.remove(reading)) {
      return false;
    }
    Selection selection = reading.selection();
    if (selection.instances().isEmpty()) {
      remove(ofTenants, selection.tenant(), reading);
    } else {
      selection.instances().forEach(id -> remove(ofInstances, key(selection, id), reading));
    }
    return true;
  }

  int count() {
    return all.size();
  }

  /** Offers an event to those whom it may concern; {@code first} gets each once. */
  void offer(Event event, Consumer<Reading> first) {
    offer(ofInstances.get(event.account()), event, first);
    offer(ofTenants.get(event.account().tenant()), event, first);
  }

  /** Ends every reading, later ones too. */
  void end() {
    over = true;
    all.forEach(reading -> reading.end(shuttingDown()));
  }

  private static void offer(@Nullable Set<Reading> readings, Event event, Consumer<Reading> first) {
    if (readings == null) {
      return;
    }
    for (Reading reading : readings) {
      if (reading.selection().wants(event.kind()) && reading.offer(event.position())) {
        first.accept(reading);
      }
    }
  }

  private static <K> void add(Map<K, Set<Reading>> index, K key, Reading reading) {
    index.compute(
        key,
        (_, readings) -> {
          Set<Reading> set = readings == null ? ConcurrentHashMap.newKeySet() : readings;
          set.add(reading);
          return set;
        });
  }

  private static <K> void remove(Map<K, Set<Reading>> index, K key, Reading reading) {
    index.computeIfPresent(
        key,
        (_, readings) -> {
          readings.remove(reading);
          return readings.isEmpty() ? null : readings;
        });
  }

  private static AccountKey key(Selection selection, InstanceId instance) {
    return new AccountKey(selection.tenant(), instance);
  }

  private static GatewayException shuttingDown() {
    return new GatewayException(Reason.SHUTTING_DOWN, "the gateway is shutting down");
  }
}
