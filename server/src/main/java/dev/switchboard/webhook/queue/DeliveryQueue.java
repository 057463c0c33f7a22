package dev.switchboard.webhook.queue;

import dev.switchboard.webhook.Attempt;
import dev.switchboard.webhook.Delivery;
import dev.switchboard.webhook.DeliveryState;
import dev.switchboard.webhook.Outcome;
import dev.switchboard.webhook.storage.Drop;
import dev.switchboard.webhook.storage.StoredDelivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The open deliveries of one webhook. Belongs to its thread. */
public final class DeliveryQueue {
  private final QueueLimits limits;
  private final Lanes lanes = new Lanes();
  private final Ledger ledger = new Ledger();
  private final Breaker breaker;
  private final BackOff waits;
  private final Latencies latencies = new Latencies();
  private int inFlight;

  public DeliveryQueue(QueueLimits limits, RandomGenerator random) {
    this.limits = limits;
    breaker = new Breaker(random);
    waits = new BackOff(limits.retryBase(), limits.retryCap(), random);
  }

  /** How many more may be open. */
  public int room() {
    return limits.open() - lanes.size();
  }

  public int inFlight() {
    return inFlight;
  }

  /** How many are open. */
  public int waiting() {
    return lanes.size();
  }

  /** Whether the receiver is thought to be away. */
  public boolean away() {
    return breaker.open();
  }

  /** A delivery that was kept, or one of an event that was just read, behind all others. */
  public void add(OpenDelivery open) {
    boolean behindKept = lanes.lasts(open).anyMatch(last -> last.kept);
    lanes.add(open);
    ledger.add(open);
    if (!open.kept && behindKept) {
      ledger.change(open);
    }
  }

  /** One that had come to its end gets another chance. */
  public void revive(StoredDelivery stored, Instant now) {
    OpenDelivery open = OpenDelivery.of(stored);
    open.begin(now);
    add(open);
    ledger.change(open);
  }

  /** What is posted now; tell {@link #landed} or another of its kind what came of it. */
  public Optional<OpenDelivery> launch(Instant now) {
    if (inFlight >= limits.inFlight() || ledger.full() || !breaker.allows(now)) {
      return Optional.empty();
    }
    lanes.wake(now);
    OpenDelivery open =
        breaker.open() ? forProbe() : lanes.ready().stream().findFirst().orElse(null);
    if (open == null) {
      return Optional.empty();
    }
    lanes.fly(open);
    open.probe = breaker.open();
    breaker.launched();
    inFlight++;
    return Optional.of(open);
  }

  /** When {@link #launch} has something again, if nothing else happens until then. */
  public Optional<Instant> next(Instant now) {
    if (inFlight >= limits.inFlight() || ledger.full() || breaker.probing()) {
      return Optional.empty();
    }
    Instant probeAt = breaker.probeAt();
    Instant earliest = probeAt == null ? now : probeAt;
    if (!lanes.ready().isEmpty() || forProbe() != null) {
      return Optional.of(earliest);
    }
    return lanes.waiting().stream()
        .findFirst()
        .map(OpenDelivery::dueAt)
        .map(due -> due.isAfter(earliest) ? due : earliest);
  }

  /** It was posted, and this is what came of it. */
  public void landed(OpenDelivery open, Attempt attempt, Instant now) {
    inFlight--;
    open.attempted(attempt, now);
    if (attempt.outcome() instanceof Outcome.Answered) {
      latencies.add(attempt.latency());
    }
    if (attempt.outcome().success()) {
      reached();
      end(open, DeliveryState.DELIVERED, null, now);
    } else {
      failed(open, attempt.outcome(), now);
    }
  }

  /** It could not be posted, since its event is gone. */
  public void gone(OpenDelivery open, Instant now) {
    inFlight--;
    settleProbe(open);
    drop(open, now);
  }

  /** It could not be posted, since its event cannot be read: the receiver is asked for nothing. */
  public void unreadable(OpenDelivery open, Instant now) {
    inFlight--;
    settleProbe(open);
    end(open, DeliveryState.FAILED, Delivery.Failure.EVENT_UNREADABLE, now);
  }

  /** It was not posted, for reasons of ours. */
  public void aborted(OpenDelivery open) {
    inFlight--;
    settleProbe(open);
    lanes.back(open);
  }

  /**
   * Events will be gone. Those that are on their way are posted all the same.
   *
   * @param before of positions before this one
   */
  public void passing(long before, Instant now) {
    List<OpenDelivery> old =
        new ArrayList<>(ledger.open().headMap(new Delivery.Id(before, 0)).values());
    for (OpenDelivery open : old) {
      if (open.flying) {
        keep(open);
      } else {
        drop(open, now);
      }
    }
  }

  /** Gives up what is not on its way; returns how many. */
  public int clear(Predicate<Delivery> which, Instant now) {
    List<OpenDelivery> chosen =
        ledger.open().values().stream()
            .filter(open -> !open.flying && which.test(open.toStore().delivery()))
            .toList();
    chosen.forEach(open -> end(open, DeliveryState.CLEARED, null, now));
    return chosen.size();
  }

  /** Has everything kept that is open: what is wanted of the log changes. */
  public void keepAll() {
    ledger.keepAll();
  }

  /** Events that will not be posted were counted. */
  public void dropped(Drop drop) {
    ledger.drop(drop);
  }

  /** How many deliveries are to be stored. */
  public int unsaved() {
    return ledger.size();
  }

  public List<StoredDelivery> deliveries() {
    return ledger.deliveries();
  }

  public List<Drop> drops() {
    return ledger.drops();
  }

  /** What these told is stored. */
  public void saved() {
    ledger.saved();
  }

  /** From where on the log has to be read again after a start, once all of this is stored. */
  public long place(int round, long end) {
    return ledger.place(round, end);
  }

  /** The first position that something open needs. */
  public long needed() {
    return ledger.open().isEmpty() ? Long.MAX_VALUE : ledger.open().firstKey().position();
  }

  public QueueStatus status() {
    var oldest = ledger.open().firstEntry();
    return new QueueStatus(
        waiting(),
        oldest == null ? Optional.empty() : Optional.of(oldest.getValue().recordedAt()),
        inFlight,
        latencies.latency(),
        breaker.failures(),
        Optional.ofNullable(breaker.probeAt()));
  }

  private void failed(OpenDelivery open, Outcome outcome, Instant now) {
    Duration asked = asked(outcome);
    boolean missed = Breaker.misses(outcome);
    if (missed) {
      breaker.missed(now, open.probe, asked);
    } else {
      reached();
    }
    if (open.lateAt(now, limits)) {
      end(open, DeliveryState.FAILED, Delivery.Failure.TIME_OVER, now);
      return;
    }
    open.waitUntil(now.plus(waits.after(open.tries(), asked)), !missed || asked.isPositive());
    lanes.back(open);
    keep(open);
  }

  /** With what waits behind it: the log need not be read again because of any of them. */
  private void keep(OpenDelivery open) {
    boolean first = !open.kept;
    ledger.change(open);
    Deque<OpenDelivery> left = new ArrayDeque<>();
    left.add(open);
    while (first && !left.isEmpty()) {
      for (Collection<OpenDelivery> lane : lanes.of(left.removeFirst())) {
        lane.stream()
            .filter(other -> !other.kept)
            .forEach(other -> {
              ledger.change(other);
              left.add(other);
            });
      }
    }
  }

  private void reached() {
    if (breaker.reached()) {
      lanes.hurry();
    }
  }

  private void settleProbe(OpenDelivery open) {
    if (open.probe) {
      breaker.unproven();
    }
  }

  private void drop(OpenDelivery open, Instant now) {
    ledger.drop(Drop.of(open.account(), open.sequence()));
    end(open, DeliveryState.FAILED, Delivery.Failure.EVENT_DROPPED, now);
  }

  private void end(
      OpenDelivery open, DeliveryState state, Delivery.@Nullable Failure failure, Instant now) {
    lanes.remove(open);
    open.end(state, failure, now);
    ledger.end(open);
  }

  /**
   * What finds out whether the receiver is back, due or not. What was tried least: one that is
   * refused whenever it comes says nothing of the others.
   */
  private @Nullable OpenDelivery forProbe() {
    return breaker.open()
        ? lanes
            .free()
            .min(
                Comparator.comparingInt(OpenDelivery::tries)
                    .thenComparingLong(open -> open.arrival))
            .orElse(null)
        : null;
  }

  private static Duration asked(Outcome outcome) {
    return outcome instanceof Outcome.Answered answered
        ? answered.retryAfter().orElse(Duration.ZERO)
        : Duration.ZERO;
  }
}
