package dev.switchboard.outbox;

import dev.switchboard.connector.Connector;
import dev.switchboard.inbox.Inbox;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.Message;
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
  private final OutboxStore store;
  private final Inbox inbox;
  private final SendPolicy policy;
  private final InstantSource clock;
  private final ConcurrentMap<AccountKey, Sender> running = new ConcurrentHashMap<>();
  private volatile boolean drained;

  public Senders(OutboxStore store, Inbox inbox, SendPolicy policy, InstantSource clock) {
    this.store = store;
    this.inbox = inbox;
    this.policy = policy;
    this.clock = clock;
  }

  /** The account can send from here on. */
  public void connected(AccountKey account, Connector connector) {
    Sender sender = new Sender(account, connector, store, inbox, policy, clock);
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

  /**
   * Stops every sender for good after the message that is on its way, and waits for them; those
   * that take longer are cut short.
   */
  public void drain(Duration atMost) throws InterruptedException {
    drained = true;
    List<Sender> all = List.copyOf(running.values());
    all.forEach(Sender::stop);
    long deadline = System.nanoTime() + atMost.toNanos();
    for (Sender sender : all) {
      if (!sender.awaitEnd(Duration.ofNanos(deadline - System.nanoTime()))) {
        sender.interrupt();
      }
    }
  }

  /** The account was unlinked: what still waits will not be sent. */
  public void loggedOut(AccountKey account, Failure failure) throws InterruptedException {
    Sender sender = running.get(account);
    if (sender != null) {
      sender.stop();
      sender.awaitSettled();
    }
    for (Message failed : store.failAll(account, failure)) {
      inbox.statusChanged(failed);
    }
  }

  /** Something was accepted for this account. */
  void wake(AccountKey account) {
    Sender sender = running.get(account);
    if (sender != null) {
      sender.wake();
    }
  }

  /** How many senders there are, those that are ending included. */
  int running() {
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
