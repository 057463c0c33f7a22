package dev.switchboard.instance;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.Connector;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.instance.StateCause;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one account connected, on the account's own virtual thread, until it is stopped or the
 * network ends it for good.
 */
final class AccountRunner {
  private static final Logger LOG = LoggerFactory.getLogger(AccountRunner.class);

  /** How many connections in a row the network may have replaced without a wait. */
  private static final int REPEATS_AT_ONCE = 3;

  /** Who ends the account. */
  enum Stop {
    /** A caller: it is shown as stopped. */
    REQUESTED,
    /** The end of the gateway: it comes back at the next start. */
    GATEWAY_RESTART
  }

  private final AccountKey account;
  private final Connector connector;
  private final AccountHost host;
  private final Admission admission;
  private final Persistence persistence;
  private final ReconnectPolicy policy;
  private final RandomGenerator random;
  private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();
  private final CountDownLatch stopAsked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean over;
  private volatile Admission.@Nullable Ticket ticket;
  private volatile @Nullable Thread thread;

  AccountRunner(
      AccountKey account,
      Connector connector,
      AccountHost host,
      Admission admission,
      ReconnectPolicy policy,
      RandomGenerator random) {
    this.account = account;
    this.connector = connector;
    this.host = host;
    this.admission = admission;
    this.persistence = new Persistence(account, policy, random);
    this.policy = policy;
    this.random = random;
  }

  Connector connector() {
    return connector;
  }

  /** The pairing code that is shown now, if any. */
  Optional<PairingEvent.Qr> shownQr() {
    return host.shownQr();
  }

  /** Asks the account to end; the first who asks says why. {@link #awaitEnd} waits for it. */
  void stop(Stop why) {
    stop.compareAndSet(null, why);
    over = true;
    stopAsked.countDown();
    Admission.Ticket waiting = ticket;
    if (waiting != null) {
      waiting.cancel();
    }
    try {
      connector.stop();
    } catch (RuntimeException e) {
      LOG.error("{}: its engine could not be stopped", account, e);
    }
  }

  /** Cuts short what it is doing, after it was stopped and took too long. */
  void interrupt() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  /** Whether it has ended or is about to: then only a new runner can connect the account. */
  boolean over() {
    return over;
  }

  boolean awaitEnd(Duration atMost) throws InterruptedException {
    return ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Tells those who wait that the account is no longer run. */
  void markEnded() {
    ended.countDown();
  }

  /** Connects again and again; returns when it is over. */
  void run() {
    thread = Thread.currentThread();
    try {
      keepConnected();
      Stop why = stop.get();
      if (why != null) {
        persistence.insist(() -> host.stopped(why));
      }
    } catch (InterruptedException e) {
      LOG.warn("{}: was cut short", account);
      Thread.currentThread().interrupt();
    } finally {
      over = true;
      host.disconnected();
    }
  }

  private void keepConnected() throws InterruptedException {
    int failures = 0;
    int repeats = 0;
    while (!over) {
      ConnectionEnd end = judge(connectOnce());
      failures = host.wasReady() ? 1 : failures + 1;
      repeats = end instanceof ConnectionEnd.Reconnect ? repeats + 1 : 0;
      conclude(end);
      boolean atOnce = repeats > 0 && repeats <= REPEATS_AT_ONCE;
      if (!over && !atOnce) {
        waitBeforeNext(failures);
      }
    }
  }

  private void conclude(ConnectionEnd end) throws InterruptedException {
    if (isFinal(end)) {
      over = true;
    }
    persistence.insist(() -> host.ended(end));
  }

  private static boolean isFinal(ConnectionEnd end) {
    return switch (end) {
      case ConnectionEnd.Stopped ignored -> true;
      case ConnectionEnd.Reconnect ignored -> false;
      case ConnectionEnd.Lost ignored -> false;
      case ConnectionEnd.NotPaired ignored -> true;
      case ConnectionEnd.Refused ignored -> true;
      case ConnectionEnd.LoggedOut ignored -> true;
    };
  }

  /** What an end means here, where it is known whether somebody asked for it. */
  private ConnectionEnd judge(ConnectionEnd end) {
    boolean asked = stopAsked.getCount() == 0;
    return switch (end) {
      case ConnectionEnd.Stopped stopped ->
          asked ? stopped : lost(new ConnectionEnd.Lost(StateCause.INTERNAL_ERROR, "stopped"));
      case ConnectionEnd.Reconnect reconnect -> asked ? new ConnectionEnd.Stopped() : reconnect;
      case ConnectionEnd.Lost lost -> asked ? new ConnectionEnd.Stopped() : lost(lost);
      case ConnectionEnd.NotPaired failed -> asked ? new ConnectionEnd.Stopped() : failed;
      case ConnectionEnd.Refused refused -> refused;
      case ConnectionEnd.LoggedOut out -> out;
    };
  }

  /** A pairing is never tried again unasked: the person who waits for it is told. */
  private ConnectionEnd lost(ConnectionEnd.Lost lost) {
    return host.linked() ? lost : new ConnectionEnd.NotPaired(lost.cause(), lost.detail());
  }

  private ConnectionEnd connectOnce() throws InterruptedException {
    try (Admission.Ticket admitted = admission.request()) {
      ticket = admitted;
      if (!over) { // Looked at after the ticket is shown: a stop finds it there, or is seen here.
        admitted.await();
      }
      if (over) {
        return new ConnectionEnd.Stopped();
      }
      host.connecting(admitted);
      return connector.run(host);
    } catch (GatewayException e) {
      LOG.warn("{}: the connection ended: {}", account, e.getMessage());
      return new ConnectionEnd.Lost(StateCause.INTERNAL_ERROR, e.reason().name());
    } catch (RuntimeException | Error e) { // One account's defect must not end its thread unseen.
      String id = Long.toHexString(random.nextLong());
      LOG.error("{}: the connection ended by a defect of the gateway, id {}", account, id, e);
      return new ConnectionEnd.Lost(StateCause.INTERNAL_ERROR, "id " + id);
    } finally {
      ticket = null;
    }
  }

  private void waitBeforeNext(int failures) throws InterruptedException {
    Duration delay = policy.delay(failures, random);
    if (stopAsked.await(delay.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.debug("{}: stopped while waiting to reconnect", account);
    }
  }
}
