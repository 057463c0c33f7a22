package dev.switchboard.outbox.carry;

import dev.switchboard.journal.Journal;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.JournalEntry.Accepted;
import dev.switchboard.journal.JournalEntry.Carried;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.outbox.dispatch.Dispatcher;
import dev.switchboard.outbox.queue.AccountQueue;
import dev.switchboard.outbox.queue.Carriage;
import dev.switchboard.outbox.queue.Ledger;
import dev.switchboard.outbox.queue.OpenMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets old files of the journal go. What is open and lies in them is appended again first, so that
 * a message for next year keeps no file; so is what is known of each account. Nobody stands still
 * for that.
 *
 * <p>A message is claimed between the look at it and the saying, so that nothing which changes it
 * comes in between: no outcome, no attempt, no word of a caller. One that a sender holds cannot be
 * claimed. It keeps its own file and those after it until it has landed, and is looked at again;
 * all else that was as old lies elsewhere by then, so what is waited for only gets less, whatever
 * is sent meanwhile.
 *
 * <p>What is said of an account takes the place of everything that was said of it before. So
 * nothing that belongs into it may be appended between the look and the saying: changes of the
 * account as a whole are made alone and were all applied before the look, and an attempt is
 * appended and counted alone ({@link Carriage#attemptAlone}), whatever its message does next.
 *
 * <p>Whenever the process ends, a file that is gone held nothing that a later one does not say: it
 * goes only when everything in it is durable elsewhere, and what is said twice says the same.
 */
public final class Carrier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Carrier.class);
  private static final int BATCH = 500;
  private static final Duration APPLY_LIMIT = Duration.ofMinutes(1);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  private final Journal journal;
  private final Ledger ledger;
  private final Dispatcher dispatcher;
  private final LongSupplier projected;
  private final CarryPolicy policy;
  private final InstantSource clock;

  /** Where accounts were said again last; none of before the start. */
  private final Map<AccountQueue, Long> said = new HashMap<>();

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

  /**
   * Says again what is old and open, then lets go of what is not needed.
   *
   * @throws GatewayException when the journal takes nothing, or what it took is not heard of
   */
  public void carry() throws InterruptedException {
    long cutoff = journal.beginningOfLast(policy.cycles());
    if (cutoff <= released) {
      return;
    }
    awaitApplied(Math.min(cutoff, journal.end()) - 1); // What lies before and is open is known.
    List<AccountQueue> busy = carryMessages(ledger.all(), cutoff);
    for (AccountQueue queue : ledger.all()) {
      carryAccount(queue, cutoff);
    }
    long end = System.nanoTime() + policy.patience().toNanos();
    while (!busy.isEmpty() && System.nanoTime() - end < 0) {
      Thread.sleep(LOOK_AGAIN);
      busy = carryMessages(busy, cutoff);
    }
    release(Math.min(needed(busy, cutoff), projected.getAsLong()));
  }

  private void release(long before) {
    if (before > released) {
      journal.release(before);
      released = before;
    }
  }

  /** The first position that is needed, when these accounts have messages that are on their way. */
  private static long needed(List<AccountQueue> busy, long cutoff) {
    long needed = cutoff;
    for (AccountQueue queue : busy) {
      needed = Math.min(needed, Carriage.oldest(queue));
    }
    return needed;
  }

  /** Returns those of the accounts that have old messages which somebody else holds. */
  private List<AccountQueue> carryMessages(Collection<AccountQueue> queues, long cutoff)
      throws InterruptedException {
    List<AccountQueue> busy = new ArrayList<>();
    for (AccountQueue queue : queues) {
      carryMessages(queue, cutoff);
      if (Carriage.oldest(queue) < cutoff) {
        busy.add(queue);
      }
    }
    return busy;
  }

  private void carryMessages(AccountQueue queue, long cutoff) throws InterruptedException {
    List<OpenMessage> old = Carriage.old(queue, cutoff);
    for (int from = 0; from < old.size(); from += BATCH) {
      List<OpenMessage> some = old.subList(from, Math.min(from + BATCH, old.size()));
      // Alone: an account that is unlinked in between would get back what it lost.
      queue.changeAlone(() -> append(queue, Carriage.claim(queue, some, cutoff)));
    }
  }

  /** Returns how many were appended. */
  private int append(AccountQueue queue, List<Carriage.Load> loads) throws InterruptedException {
    if (loads.isEmpty()) {
      return 0;
    }
    boolean appended = false;
    try {
      List<JournalEntry> entries = new ArrayList<>(loads.size());
      loads.forEach(load -> entries.add(carried(load)));
      List<Long> positions = journal.appendAll(entries);
      appended = true;
      awaitApplied(positions.getLast());
      return loads.size();
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

  /** What was said of it behind the cutoff stays, with all that happened since. */
  private void carryAccount(AccountQueue queue, long cutoff) throws InterruptedException {
    Long last = said.get(queue);
    if ((last == null || last < cutoff) && Carriage.anythingKnown(queue)) {
      said.put(queue, queue.changeAlone(() -> append(queue)));
    }
  }

  private long append(AccountQueue queue) throws InterruptedException {
    awaitApplied(journal.end() - 1); // All changes up to here; nobody makes another one now.
    return Carriage.attemptAlone(
        queue, () -> journal.append(Carriage.account(queue, clock.instant())));
  }

  private void awaitApplied(long position) throws InterruptedException {
    if (!dispatcher.awaitApplied(position, APPLY_LIMIT)) {
      throw new GatewayException(Reason.JOURNAL_UNAVAILABLE, "what was appended is not heard of");
    }
  }

  @Override
  public void close() {
    if (thread != null) {
      thread.interrupt();
    }
  }
}
