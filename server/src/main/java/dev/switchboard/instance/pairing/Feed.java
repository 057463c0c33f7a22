package dev.switchboard.instance.pairing;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/**
 * Hands every published item to every subscriber whose filter wants it. Publishing never waits for
 * a subscriber: one that lets its buffer run full is ended, and told so.
 */
public final class Feed<T> {
  /** When one who found no place may look again. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Set<Subscription<T>> subscriptions = ConcurrentHashMap.newKeySet();
  private final Semaphore places;
  private final int bufferSize;
  private volatile boolean over;

  /**
   * @param subscriberLimit how many subscribers there may be at once
   * @param bufferSize how many items one subscriber may lag behind
   */
  public Feed(int subscriberLimit, int bufferSize) {
    if (subscriberLimit < 1 || bufferSize < 1) {
      throw new IllegalArgumentException("a feed needs room for a subscriber and an item");
    }
    this.places = new Semaphore(subscriberLimit);
    this.bufferSize = bufferSize;
  }

  /**
   * Subscribes from now on.
   *
   * @throws GatewayException TOO_MANY_SUBSCRIBERS at the limit
   */
  public Subscription<T> subscribe(Predicate<? super T> filter) {
    if (!places.tryAcquire()) {
      throw GatewayException.retryable(
          Reason.TOO_MANY_SUBSCRIBERS,
          "the gateway serves no more subscribers at once",
          RETRY_AFTER,
          null);
    }
    Subscription<T> subscription = new Subscription<>(filter, bufferSize, this::leave);
    subscriptions.add(subscription);
    if (over) { // Looked at after joining, so that nobody slips past the end.
      subscription.end(shuttingDown());
    }
    return subscription;
  }

  /** Hands the item out. */
  public void publish(T item) {
    for (Subscription<T> subscription : subscriptions) {
      subscription.offer(item);
    }
  }

  /** Ends every subscription, later ones too, with SHUTTING_DOWN after what is buffered. */
  public void shutDown() {
    over = true;
    for (Subscription<T> subscription : subscriptions) {
      subscription.end(shuttingDown());
    }
  }

  private static GatewayException shuttingDown() {
    return new GatewayException(Reason.SHUTTING_DOWN, "the gateway is shutting down");
  }

  private void leave(Subscription<T> subscription) {
    if (subscriptions.remove(subscription)) {
      places.release();
    }
  }
}
