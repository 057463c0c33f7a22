package dev.switchboard.outbox.carry;

import dev.switchboard.journal.Journal;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.JournalEntry.Accepted;
import dev.switchboard.journal.JournalEntry.Carried;
import dev.switchboard.model.GatewayException;
import dev.switchboard.outbox.dispatch.Dispatcher;
import dev.switchboard.outbox.queue.AccountQueue;
import dev.switchboard.outbox.queue.Carriage;
import dev.switchboard.outbox.queue.Ledger;
import dev.switchboard.outbox.queue.OpenMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets old files of the journal go. What is open and lies in them is appended again first, so that
 * a message for next year keeps no file; so is what is known of each account. A message is claimed
 * meanwhile: nothing that changes it can come between what is said of it and the saying.
 */
public final class Carrier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Carrier.class);
  private static final int BATCH = 500;
  private static final Duration APPLY_LIMIT = Duration.ofMinutes(1);

  private final Journal journal;
  private final Ledger ledger;
  private final Dispatcher dispatcher;
  private final LongSupplier projected;
  private final CarryPolicy policy;
  private final InstantSource clock;
  private @Nullable Thread thread;
  private long released;

  /**
   * A carrier that rests until it is started.
   *
   * @param projected the position before which storage has everything
   */
  public Carrier(
      Journal journal,
      Ledger ledger,
      Dispatcher dispatcher,
      LongSupplier projected,
      CarryPolicy policy,
      InstantSource clock) {
    this.journal = journal;
    this.ledger = ledger;
    this.dispatcher = dispatcher;
    this.projected = projected;
    this.policy = policy;
    this.clock = clock;
    this.released = journal.first();
  }

  /** Begins to work. */
  public void start() {
    thread = Thread.ofVirtual().name("journal carrier").start(this::run);
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(policy.interval());
        carryNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void carryNow() throws InterruptedException {
    try {
      carry();
    } catch (GatewayException e) {
      LOG.warn("the journal cannot be shortened for now: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("a defect keeps the journal from being shortened", e);
    }
  }

  /** Says again what is old and open, then lets go of what is not needed. */
  public void carry() throws InterruptedException {
    long cutoff = journal.beginningOfLast(policy.cycles());
    if (cutoff <= released) {
      return;
    }
    if (!dispatcher.awaitApplied(Math.min(cutoff, journal.end()) - 1, APPLY_LIMIT)) {
      return; // What lies before and is open is not known yet.
    }
    boolean all = true;
    for (AccountQueue queue : ledger.all()) {
      all &= carryMessages(queue, cutoff) && carryAccount(queue);
    }
    if (all && projected.getAsLong() >= cutoff) {
      journal.release(cutoff);
      released = cutoff;
    }
  }

  private boolean carryMessages(AccountQueue queue, long cutoff) throws InterruptedException {
    List<OpenMessage> old = Carriage.old(queue, cutoff);
    for (int from = 0; from < old.size(); from += BATCH) {
      List<OpenMessage> some = old.subList(from, Math.min(from + BATCH, old.size()));
      // Alone: an account that is unlinked in between would get back what it lost.
      if (!queue.changeAlone(() -> append(queue, Carriage.claim(queue, some, cutoff)))) {
        return false;
      }
    }
    return !Carriage.anyBefore(queue, cutoff);
  }

  private boolean append(AccountQueue queue, List<Carriage.Load> loads)
      throws InterruptedException {
    if (loads.isEmpty()) {
      return true;
    }
    boolean appended = false;
    try {
      List<JournalEntry> entries = new ArrayList<>(loads.size());
      loads.forEach(load -> entries.add(carried(load)));
      List<Long> positions = journal.appendAll(entries);
      appended = true;
      return dispatcher.awaitApplied(positions.getLast(), APPLY_LIMIT);
    } finally {
      if (!appended) {
        loads.forEach(load -> queue.release(load.message()));
      }
    }
  }

  private Carried carried(Carriage.Load load) {
    Optional<JournalEntry> entry = journal.read(load.position());
    Accepted accepted =
        switch (entry.orElseThrow(() -> new IllegalStateException("lost " + load.id()))) {
          case Accepted first -> first;
          case Carried again -> again.accepted();
          default -> throw new IllegalStateException("no message lies at " + load.position());
        };
    Instant notBefore = load.message().notBefore();
    Accepted now =
        new Accepted(
            accepted.account(),
            accepted.id(),
            accepted.to(),
            accepted.content(),
            accepted.at(),
            accepted.options().withNotBefore(notBefore),
            accepted.request(),
            accepted.requeues());
    return new Carried(now, load.attempts(), load.order());
  }

  /** Nothing may leave in between: an attempt that came first would be counted no more. */
  private boolean carryAccount(AccountQueue queue) throws InterruptedException {
    if (!Carriage.anythingKnown(queue)) {
      return true;
    }
    Carriage.hold(queue);
    try {
      Instant deadline = clock.instant().plus(policy.patience());
      while (!Carriage.quiet(queue)) {
        if (!clock.instant().isBefore(deadline)) {
          return false;
        }
        Thread.sleep(Duration.ofMillis(10));
      }
      return queue.changeAlone(() -> {
        long position = journal.append(Carriage.account(queue, clock.instant()));
        return dispatcher.awaitApplied(position, APPLY_LIMIT);
      });
    } finally {
      Carriage.goOn(queue);
    }
  }

  @Override
  public void close() {
    if (thread != null) {
      thread.interrupt();
    }
  }
}
