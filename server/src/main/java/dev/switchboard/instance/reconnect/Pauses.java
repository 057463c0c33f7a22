package dev.switchboard.instance.reconnect;

import dev.switchboard.model.AccountKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The waits of one account before and between its connections. They go by the clock and not by the
 * sum of naps: a wait of days has to end in time even when the machine slept meanwhile. The
 * account's thread waits; any thread may end a wait.
 */
public final class Pauses {
  private static final Logger LOG = LoggerFactory.getLogger(Pauses.class);

  private final AccountKey account;
  private final Duration longestNap;
  private final InstantSource clock;
  private final CountDownLatch over = new CountDownLatch(1);

  /** Cuts a wait between two connections short. */
  private final Semaphore wake = new Semaphore(0);

  /**
   * @param longestNap after which the clock is looked at again
   */
  public Pauses(AccountKey account, Duration longestNap, InstantSource clock) {
    this.account = account;
    this.longestNap = longestNap;
    this.clock = clock;
  }

  /** Ends the wait of now and all to come: the account is stopped. */
  public void end() {
    over.countDown();
    wake.release();
  }

  /** Whether there are no more waits, because the account is stopped. */
  public boolean ended() {
    return over.getCount() == 0;
  }

  /** Ends the wait of now, or the next, that another route makes pointless. */
  public void cutShort() {
    wake.release();
  }

  /** Waits until it is due, whatever the route. */
  public void keepUntil(Instant due) throws InterruptedException {
    rest(due, nap -> over.await(nap.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** Waits until it is due or cut short. */
  public void waitUntil(Instant due) throws InterruptedException {
    rest(due, this::woken);
  }

  private void rest(Instant due, Nap nap) throws InterruptedException {
    Duration left = Duration.between(clock.instant(), due);
    while (left.compareTo(longestNap) > 0) {
      if (nap.endedEarly(longestNap)) {
        return;
      }
      left = Duration.between(clock.instant(), due);
    }
    if (nap.endedEarly(left)) {
      LOG.debug("{}: stopped or rerouted while waiting to connect", account);
    }
  }

  private boolean woken(Duration nap) throws InterruptedException {
    boolean woken = wake.tryAcquire(nap.toMillis(), TimeUnit.MILLISECONDS);
    if (woken) {
      wake.drainPermits(); // However often it was woken: this wait is over.
    }
    return woken;
  }

  private interface Nap {
    boolean endedEarly(Duration atMost) throws InterruptedException;
  }
}
