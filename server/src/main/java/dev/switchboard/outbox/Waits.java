package dev.switchboard.outbox;

import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.JournalEntry.Accepted;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.outbox.dispatch.Follower;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Callers that wait for a message to get further. */
public final class Waits implements Follower {
  private final int limit;
  private final Function<AccountKey, @Nullable Failure> unlinked;
  private final AtomicInteger waiting = new AtomicInteger();
  private final ConcurrentMap<Key, List<Wait>> waits = new ConcurrentHashMap<>();

  /**
   * A bounded number of waiting callers.
   *
   * @param limit how many may wait at once
   * @param unlinked why an account takes no messages, or null
   */
  public Waits(int limit, Function<AccountKey, @Nullable Failure> unlinked) {
    this.limit = limit;
    this.unlinked = unlinked;
  }

  private record Key(AccountKey account, MessageId id) {}

  /** One caller's wait; to be closed. */
  public final class Wait implements AutoCloseable {
    private final Key key;
    private final MessageStatus wanted;
    private final CountDownLatch reached = new CountDownLatch(1);
    private volatile Message message;

    private Wait(Key key, Message message, MessageStatus wanted) {
      this.key = key;
      this.message = message;
      this.wanted = wanted;
    }

    /** The message when it is as far as was asked for or at its end, or as it is after the time. */
    public Message await(Duration atMost) throws InterruptedException {
      var _ = reached.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
      return message;
    }

    private void tell(JournalEntry entry) {
      message = Steps.after(message, entry);
      MessageStatus status = message.status();
      if (!status.mayBecome(wanted) || status == wanted) {
        reached.countDown();
      }
    }

    @Override
    public void close() {
      waiting.decrementAndGet();
      waits.computeIfPresent(
          key,
          (_, all) -> {
            all.remove(this);
            return all.isEmpty() ? null : all;
          });
    }
  }

  /**
   * Begins to wait, before the message is appended.
   *
   * @throws GatewayException TOO_MANY_SUBSCRIBERS
   */
  public Wait begin(Message message, MessageStatus wanted) {
    if (waiting.incrementAndGet() > limit) {
      waiting.decrementAndGet();
      throw GatewayException.retryable(
          Reason.TOO_MANY_SUBSCRIBERS,
          "as many calls wait for messages as the gateway allows",
          Duration.ofSeconds(1),
          null);
    }
    Key key = new Key(message.account(), message.id());
    Wait wait = new Wait(key, message, wanted);
    waits.compute(
        key,
        (_, all) -> {
          List<Wait> known = all == null ? new CopyOnWriteArrayList<>() : all;
          known.add(wait);
          return known;
        });
    return wait;
  }

  @Override
  public void applied(
      long position, JournalEntry entry, List<MessageId> concerned, boolean replay) {
    if (!replay && waiting.get() > 0) {
      tell(entry instanceof Accepted accepted ? outcome(accepted) : entry, concerned);
    }
  }

  /** What was accepted while its account took no messages has failed, and no entry says so. */
  private JournalEntry outcome(Accepted accepted) {
    Failure why = unlinked.apply(accepted.account());
    return why == null
        ? accepted
        : new JournalEntry.Failed(accepted.account(), accepted.id(), why, accepted.at());
  }

  private void tell(JournalEntry entry, List<MessageId> concerned) {
    for (MessageId id : concerned) {
      List<Wait> all = waits.get(new Key(entry.account(), id));
      if (all != null) {
        all.forEach(wait -> wait.tell(entry));
      }
    }
  }
}
