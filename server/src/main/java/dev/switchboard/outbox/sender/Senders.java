package dev.switchboard.outbox.sender;

import dev.switchboard.connector.Connector;
import dev.switchboard.journal.Journal;
import dev.switchboard.model.AccountKey;
import dev.switchboard.outbox.queue.Ledger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The senders of the accounts that are connected now: one virtual thread each. An account never has
 * two that send: the next one waits until the one before has settled what was on its way.
 */
public final class Senders {
  private final Ledger ledger;
  private final SenderParts parts;
  private final ConcurrentMap<AccountKey, Sender> running = new ConcurrentHashMap<>();
  private volatile boolean drained;
  private volatile boolean over;

  public Senders(
      Ledger ledger, Journal journal, SendRules rules, SendPolicy policy, InstantSource clock) {
    this.ledger = ledger;
    this.parts = new SenderParts(journal, rules, policy, clock, () -> over);
  }

  /** The account can send from here on. */
  public void connected(AccountKey account, Connector connector) {
    Sender sender = new Sender(ledger.of(account), connector, parts);
    Sender earlier = running.put(account, sender);
    if (earlier != null) {
      earlier.stop();
    }
    if (drained) { // Looked at after joining, so that none slips past the drain.
      sender.stop();
    }
    Thread.ofVirtual().name("sender " + account).start(() -> run(account, sender, earlier));
  }

  /** The account cannot send for now; what is on its way is still settled. */
  public void disconnected(AccountKey account) {
    Sender sender = running.get(account);
    if (sender != null) {
      sender.stop();
    }
  }

  /** As {@link #disconnected}, and waits until all is settled. */
  public void settle(AccountKey account) throws InterruptedException {
    Sender sender = running.get(account);
    if (sender != null) {
      sender.stop();
      sender.awaitSettled();
    }
  }

  /** The account's pacing policy or reach-out lock changed. */
  public void rulesChanged(AccountKey account) {
    Sender sender = running.get(account);
    if (sender != null) {
      sender.rulesChanged();
    }
  }

  /** The account's clock may have gone on, or something else that nobody told of. */
  public void lookAgain(AccountKey account) {
    Sender sender = running.get(account);
    if (sender != null) {
      sender.lookAgain();
    }
  }

  /** Whether the account can send now. */
  public boolean connected(AccountKey account) {
    return running.containsKey(account);
  }

  /**
   * Stops every sender for good after what is on its way, and waits for them; those that take
   * longer are cut short.
   */
  public void drain(Duration atMost) throws InterruptedException {
    drained = true;
    List<Sender> all = List.copyOf(running.values());
    all.forEach(Sender::stop);
    long deadline = System.nanoTime() + atMost.toNanos();
    for (Sender sender : all) {
      if (!sender.awaitEnd(Duration.ofNanos(deadline - System.nanoTime()))) {
        over = true;
        sender.interrupt();
      }
    }
    over = true;
  }

  /** How many senders there are, those that are ending included. */
  public int running() {
    return running.size();
  }

  private void run(AccountKey account, Sender sender, @Nullable Sender earlier) {
    try {
      sender.runAfter(earlier);
    } finally {
      running.remove(account, sender);
    }
  }
}
