package dev.switchboard.outbox.queue;

import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.Positioned;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.message.MessageId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * The queues of all accounts that ever had something to send since the start. Safe for use by many
 * threads.
 */
public final class Ledger {
  private final ConcurrentMap<AccountKey, AccountQueue> queues = new ConcurrentHashMap<>();

  private final AtomicLong open = new AtomicLong();
  private final RandomGenerator random;

  /**
   * @param random safe for use by many threads
   */
  public Ledger(RandomGenerator random) {
    this.random = random;
  }

  /** The account's queue, an empty one if there was none. */
  public AccountQueue of(AccountKey account) {
    return queues.computeIfAbsent(account, key -> new AccountQueue(key, random));
  }

  /** The account's queue, if it ever had something to send. */
  public Optional<AccountQueue> known(AccountKey account) {
    return Optional.ofNullable(queues.get(account));
  }

  public Collection<AccountQueue> all() {
    return queues.values();
  }

  /** How many messages are open in all queues together. */
  public long open() {
    return open.get();
  }

  /** Applies an entry; returns the messages that it tells more of. */
  public List<MessageId> apply(Positioned positioned, boolean replay) {
    JournalEntry entry = positioned.entry();
    AccountQueue queue = of(entry.account());
    int before = size(queue);
    List<MessageId> concerned = queue.apply(positioned.position(), entry, replay);
    open.addAndGet((long) size(queue) - before);
    return concerned;
  }

  private static int size(AccountQueue queue) {
    return queue.inside(state -> state.messages().size());
  }
}
