package dev.switchboard.outbox;

import dev.switchboard.connector.Connector;
import dev.switchboard.inbox.Inbox;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The senders of the accounts that are connected now: one virtual thread each. */
public final class Senders {
  private final OutboxStore store;
  private final Inbox inbox;
  private final SendPolicy policy;
  private final InstantSource clock;
  private final ConcurrentMap<AccountKey, Sender> running = new ConcurrentHashMap<>();

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
    Thread.ofVirtual().name("sender " + account).start(sender::run);
  }

  /** The account cannot send for now. */
  public void disconnected(AccountKey account) {
    Sender sender = running.remove(account);
    if (sender != null) {
      sender.stop();
    }
  }

  /** Stops every sender after the message that is on its way, and waits for them. */
  public void drain(Duration atMost) throws InterruptedException {
    List<Sender> all = List.copyOf(running.values());
    all.forEach(Sender::stop);
    Instant deadline = clock.instant().plus(atMost);
    for (Sender sender : all) {
      sender.awaitEnd(Duration.between(clock.instant(), deadline));
    }
  }

  /** The account was unlinked: what still waits will not be sent. */
  public void loggedOut(AccountKey account, Failure failure) {
    disconnected(account);
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
}
