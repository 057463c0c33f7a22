package dev.switchboard.projection;

import dev.switchboard.journal.Journal;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.Positioned;
import dev.switchboard.journal.Tail;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.thread.Threads;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the journal on a thread of its own and brings it into storage, batch by batch, with the
 * events of it. While storage is away it waits; behind a bound nothing more is to be accepted. An
 * entry that a defect keeps from being applied is put aside, durably and with an error in the log.
 */
public final class Projector implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Projector.class);
  private static final Duration FIRST_RETRY_DELAY = Duration.ofMillis(50);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Journal journal;
  private final ProjectionStore store;
  private final PendingRecords pending;
  private final ProjectionLimits limits;
  private final InstantSource clock;
  private final Gathering gathering;
  private final Progress progress = new Progress();
  private final Lag lag;
  private final AtomicLong setAside = new AtomicLong();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private @Nullable Thread thread;

  public Projector(
      Journal journal,
      ProjectionStore store,
      PendingRecords pending,
      ProjectionLimits limits,
      InstantSource clock) {
    this.journal = journal;
    this.store = store;
    this.pending = pending;
    this.limits = limits;
    this.clock = clock;
    this.gathering = new Gathering(limits, () -> progress.awaited() || stopped());
    this.lag = new Lag(journal);
  }

  /**
   * Finds where to go on, makes the records pending that storage does not have yet, and begins to
   * follow. To be called before anything is appended and any account runs.
   *
   * @throws GatewayException STORAGE_UNAVAILABLE
   */
  public void start() throws InterruptedException {
    new LostMessages(journal, store, clock).fail();
    var next = store.begin(journal.id(), journal.end()).orElse(journal.first());
    lag.begin(new Recovery(journal, store, pending).run(next));
    progress.reached(next);
    thread = Thread.ofPlatform().name("projector").daemon().start(this::run);
  }

  /** Everything that lies before this position is in storage. */
  public long projected() {
    return progress.position();
  }

  /** How many entries are not in storage yet. */
  public long lag() {
    return lag.entries();
  }

  /** How many entries were put aside since the start. */
  public long setAside() {
    return setAside.get();
  }

  /**
   * To be asked before something is accepted.
   *
   * @throws GatewayException STORAGE_UNAVAILABLE when storage lags too far behind
   */
  public void admit() {
    if (lag.entries() > limits.lagEntries()) {
      throw GatewayException.retryable(
          Reason.STORAGE_UNAVAILABLE, "the database lags too far behind", RETRY_AFTER, null);
    }
  }

  /** Waits until everything before the position is in storage; false when that took too long. */
  public boolean awaitProjected(long position, Duration atMost) throws InterruptedException {
    return progress.await(position, atMost);
  }

  /**
   * To be asked before what storage holds is told: waits until everything before the position is in
   * it.
   *
   * @throws GatewayException STORAGE_UNAVAILABLE when that took too long
   */
  public void requireProjected(long position, Duration atMost) throws InterruptedException {
    if (!awaitProjected(position, atMost)) {
      throw GatewayException.retryable(
          Reason.STORAGE_UNAVAILABLE,
          "the database does not have yet what was accepted and changed before",
          RETRY_AFTER,
          null);
    }
  }

  /** Brings into storage what it can, within a bound of time, and ends. */
  @Override
  public void close() {
    stopping.countDown();
    @Nullable Thread running = thread;
    if (running == null) {
      return;
    }
    Threads.end(running, limits.drain());
  }

  private void run() {
    try {
      while (!stopped()) {
        follow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() throws InterruptedException {
    try (var tail = journal.tail(progress.position())) {
      while (step(tail)) {
        pending.cache().sweep();
      }
    } catch (RuntimeException e) {
      LOG.error("the journal cannot be followed for now", e);
      rest(limits.retryDelay());
    }
  }

  /** False when it is over. */
  private boolean step(Tail tail) throws InterruptedException {
    var end = journal.end();
    var batch = gathering.next(tail);
    if (batch.isEmpty()) {
      progress.reached(end); // Positions have gaps: nothing lies between the last entry and here.
      return !stopped();
    }
    return project(batch);
  }

  /** False when it is to end before the batch is in storage. */
  private boolean project(List<Positioned> batch) throws InterruptedException {
    var delay = FIRST_RETRY_DELAY;
    while (true) {
      try {
        apply(batch);
        return true;
      } catch (GatewayException e) {
        if (e.reason() != Reason.STORAGE_UNAVAILABLE) {
          return isolate(batch, e);
        }
        LOG.warn("the journal is not projected for now: {}", e.getMessage());
        if (rest(delay)) {
          return false;
        }
        delay = longer(delay);
      } catch (RuntimeException e) {
        return isolate(batch, e);
      }
    }
  }

  private void apply(List<Positioned> batch) {
    var next = batch.getLast().position() + 1;
    var begun = System.nanoTime();
    var _ = store.apply(journal.id(), batch, next);
    gathering.stored(Duration.ofNanos(System.nanoTime() - begun));
    done(batch, next);
  }

  private void done(List<Positioned> batch, long next) {
    pending.projected(attempting(batch), next);
    lag.applied(batch.size());
    progress.reached(next);
  }

  private static Set<AccountKey> attempting(List<Positioned> batch) {
    return batch.stream()
        .map(Positioned::entry)
        .filter(entry -> entry instanceof JournalEntry.Attempted)
        .map(JournalEntry::account)
        .collect(Collectors.toSet());
  }

  /** Halves it, until the entry is found that cannot be applied. */
  private boolean isolate(List<Positioned> batch, RuntimeException defect)
      throws InterruptedException {
    if (batch.size() == 1) {
      return putAside(batch.getFirst(), defect);
    }
    var middle = batch.size() / 2;
    return project(batch.subList(0, middle)) && project(batch.subList(middle, batch.size()));
  }

  /** Ratchets that cannot be stored hold everything up: nothing may be sent with older ones. */
  private boolean putAside(Positioned entry, RuntimeException defect) throws InterruptedException {
    var error = UUID.randomUUID().toString();
    LOG.error(
        "{}: a defect keeps the entry at {} from being projected; it is put aside (error {})",
        entry.entry().account(),
        entry.position(),
        error,
        defect);
    while (true) {
      try {
        store.setAside(journal.id(), entry, entry.position() + 1, error, clock.instant());
        setAside.incrementAndGet();
        done(List.of(entry), entry.position() + 1);
        return true;
      } catch (RuntimeException e) {
        LOG.error("the entry at {} cannot be put aside for now", entry.position(), e);
        if (rest(limits.retryDelay())) {
          return false;
        }
      }
    }
  }

  private Duration longer(Duration delay) {
    var twice = delay.multipliedBy(2);
    return twice.compareTo(limits.retryDelay()) < 0 ? twice : limits.retryDelay();
  }

  private boolean stopped() {
    return stopping.getCount() == 0;
  }

  /** True when it is over. */
  private boolean rest(Duration time) throws InterruptedException {
    return stopping.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }
}
