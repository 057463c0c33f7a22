package dev.switchboard.instance.pairing;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One subscriber's place in a {@link Feed}: a bounded buffer that one thread takes from. */
public final class Subscription<T> implements AutoCloseable {
  private final Predicate<? super T> filter;
  private final int bufferSize;
  private final Consumer<Subscription<T>> onClose;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<T> buffer = new ArrayDeque<>();
  private @Nullable GatewayException ended;

  Subscription(Predicate<? super T> filter, int bufferSize, Consumer<Subscription<T>> onClose) {
    this.filter = filter;
    this.bufferSize = bufferSize;
    this.onClose = onClose;
  }

  /**
   * Waits for the next item, at most as long as given.
   *
   * @return the item, or empty when none came in time
   * @throws GatewayException SUBSCRIBER_TOO_SLOW or SHUTTING_DOWN, once what was buffered before
   *     the end is taken
   */
  public Optional<T> take(Duration atMost) throws InterruptedException {
    long nanosLeft = atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (buffer.isEmpty()) {
        if (ended != null) {
          throw ended;
        }
        if (nanosLeft <= 0) {
          return Optional.empty();
        }
        nanosLeft = arrived.awaitNanos(nanosLeft);
      }
      return Optional.of(buffer.removeFirst());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Puts an item before all others, unless it has come already: what held when the subscription
   * began. It has a place of its own beyond the bound.
   */
  public void prepend(T item) {
    lock.lock();
    try {
      if (!buffer.contains(item)) {
        buffer.addFirst(item);
        arrived.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what has come so far and was not taken. */
  public void clear() {
    lock.lock();
    try {
      buffer.clear();
    } finally {
      lock.unlock();
    }
  }

  /** Leaves the feed. */
  @Override
  public void close() {
    onClose.accept(this);
  }

  void offer(T item) {
    if (!filter.test(item)) {
      return;
    }
    lock.lock();
    try {
      if (ended != null) {
        return;
      }
      if (buffer.size() >= bufferSize) {
        ended = tooSlow();
      } else {
        buffer.addLast(item);
      }
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void end(GatewayException reason) {
    lock.lock();
    try {
      if (ended == null) {
        ended = reason;
      }
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private GatewayException tooSlow() {
    return GatewayException.retryable(
        Reason.SUBSCRIBER_TOO_SLOW,
        "the subscriber fell more than " + bufferSize + " items behind",
        Duration.ofSeconds(1),
        null);
  }
}
