package dev.switchboard.projection;

import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.journal.Journal;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The records that the journal holds and storage does not have yet, by account. Safe for use by
 * many threads.
 *
 * <p>A reader sees the newest record, for these reasons. An account's records are written by one
 * thread at a time, through the journal ({@link #attempted}) or straight to storage. What goes
 * through the journal is pending until storage is known to have it, so pending before stored is
 * newest first. What goes straight to storage locks the account's place first, writes everything
 * pending before itself, and moves the account's position in the same transaction past what it
 * wrote; the projection locks the same place and passes over what is not beyond that position: so
 * nothing older is ever written over something newer. Pending records go once the transaction that
 * wrote them is known to be durable. When that is not known, the account is in doubt: nobody reads
 * before {@link StoredRecords#settle} has waited for that transaction's lock and read the position.
 */
public final class PendingRecords {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final ConcurrentHashMap<AccountKey, PendingOfAccount> accounts =
      new ConcurrentHashMap<>();
  private final AtomicLong bytes = new AtomicLong();
  private final RecordCache cache;
  private final LongSupplier end;
  private final long limitBytes;
  private volatile long projected = Long.MIN_VALUE;

  /**
   * @param end a position that is greater than that of every durable entry
   * @param limitBytes how much may wait for storage
   */
  public PendingRecords(RecordCache cache, LongSupplier end, long limitBytes) {
    this.cache = cache;
    this.end = end;
    this.limitBytes = limitBytes;
  }

  /** Without a journal: nothing is ever pending. */
  public static PendingRecords none() {
    return new PendingRecords(new RecordCache(0, Duration.ZERO, () -> Instant.EPOCH), () -> 0, 0);
  }

  /**
   * What waits of one account.
   *
   * @param position of the last entry; what was asked for without one
   * @param changes the last one of each record
   */
  public record Ahead(long position, List<RecordChange> changes) {}

  /**
   * Appends an attempt, and from then on its records are the newest. An interrupt does not cut it
   * short: nobody would know then whether the records had changed.
   *
   * @return the position of the entry
   * @throws GatewayException STORAGE_UNAVAILABLE when too much waits for storage; what the journal
   *     throws. Nothing was written then
   */
  public long attempted(Journal journal, JournalEntry.Attempted attempt) {
    var size = PendingOfAccount.bytes(attempt.changes());
    reserve(size);
    try {
      var position = append(journal, attempt);
      add(attempt.account(), position, attempt.changes());
      return position;
    } finally {
      bytes.addAndGet(-size);
    }
  }

  /** What is said of the record by an entry that storage may not have yet. */
  public Optional<RecordChange> find(AccountKey account, RecordKey key) {
    @Nullable PendingOfAccount pending = accounts.get(account);
    return pending == null ? Optional.empty() : pending.find(key);
  }

  /** Whether storage lacks records of this kind, or may lack or have any. */
  public boolean concerns(AccountKey account, RecordKind kind) {
    @Nullable PendingOfAccount pending = accounts.get(account);
    return pending != null && (pending.inDoubt() || pending.has(kind));
  }

  /** Whether it is not known if a transaction took effect. */
  public boolean inDoubt(AccountKey account) {
    @Nullable PendingOfAccount pending = accounts.get(account);
    return pending != null && pending.inDoubt();
  }

  /** What is to be written before a transaction that has locked the account's place. */
  public Ahead after(AccountKey account, long position) {
    @Nullable PendingOfAccount pending = accounts.get(account);
    return pending == null ? new Ahead(position, List.of()) : pending.after(position);
  }

  /** The position before which everything is void when an account's records are removed. */
  public long end() {
    return end.getAsLong();
  }

  /** A transaction is durable that wrote what was pending up to the position, then the changes. */
  public void written(AccountKey account, long position, List<RecordChange> changes) {
    drop(account, position, false);
    cache.written(account, changes);
  }

  /** A transaction is durable that removed all of the account's records. */
  public void removed(AccountKey account, long position) {
    drop(account, position, false);
    cache.forget(account);
  }

  /** It is not known whether a transaction took effect that wrote records of the account. */
  public void doubt(AccountKey account) {
    accounts.compute(
        account, (key, known) -> (known == null ? new PendingOfAccount() : known).doubted());
    cache.forget(account);
  }

  /** How many bytes wait, about. */
  public long bytes() {
    return bytes.get();
  }

  RecordCache cache() {
    return cache;
  }

  /** An entry of an earlier run, or one that was just appended. */
  void add(AccountKey account, long position, List<RecordChange> changes) {
    if (!changes.isEmpty()) {
      accounts.compute(account, (key, known) -> added(known, position, changes));
      cache.written(account, changes);
    }
  }

  /** Storage has everything of these accounts that lies before the position. */
  void projected(Collection<AccountKey> touched, long next) {
    projected = next;
    touched.forEach(account -> drop(account, next - 1, true));
  }

  private @Nullable PendingOfAccount added(
      @Nullable PendingOfAccount known, long position, List<RecordChange> changes) {
    if (position < projected) {
      return known; // The projection was faster.
    }
    var pending = known == null ? new PendingOfAccount() : known;
    bytes.addAndGet(pending.add(position, changes));
    return pending;
  }

  /** A projection settles no doubt: it does not know of other transactions. */
  private void drop(AccountKey account, long position, boolean keepDoubt) {
    accounts.computeIfPresent(
        account,
        (key, pending) -> {
          bytes.addAndGet(-pending.drop(position));
          var doubted = pending.inDoubt() && keepDoubt;
          return pending.isEmpty() && !doubted ? null : pending.withDoubt(doubted);
        });
  }

  private void reserve(long size) {
    if (bytes.addAndGet(size) > limitBytes) {
      bytes.addAndGet(-size);
      throw GatewayException.retryable(
          Reason.STORAGE_UNAVAILABLE, "too much waits for the database", RETRY_AFTER, null);
    }
  }

  private static long append(Journal journal, JournalEntry entry) {
    var interrupted = false;
    try {
      while (true) {
        try {
          return journal.append(entry);
        } catch (InterruptedException e) {
          interrupted = true; // Nothing was written, nor will be: once more.
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
