package dev.switchboard.instance;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.Connector;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.instance.PairingMethod;
import dev.switchboard.model.instance.StateCause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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

  private static final int MOST_COUNTED = 1_000;

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
  private final Comeback comeback;
  private final RandomGenerator random;
  private final InstantSource clock;
  private final Comeback.Beginning beginning;
  private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();
  private final CountDownLatch stopAsked = new CountDownLatch(1);

  /** Cuts a wait between two connections short. */
  private final Semaphore wake = new Semaphore(0);

  private final AtomicBoolean rerouted = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final ArrayDeque<Instant> reconnects = new ArrayDeque<>(1);
  private volatile boolean over;
  private volatile Admission.@Nullable Ticket ticket;
  private volatile @Nullable Thread thread;

  AccountRunner(
      AccountKey account,
      Connector connector,
      AccountHost host,
      Admission admission,
      ReconnectPolicy policy,
      RandomGenerator random,
      InstantSource clock,
      Comeback.Beginning beginning) {
    this.account = account;
    this.connector = connector;
    this.host = host;
    this.admission = admission;
    this.persistence = new Persistence(account, policy, random);
    this.policy = policy;
    this.comeback = new Comeback(policy, random, clock);
    this.random = random;
    this.clock = clock;
    this.beginning = beginning;
  }

  Connector connector() {
    return connector;
  }

  /** How often it connected again within the last hour, up to {@link #MOST_COUNTED}. */
  int reconnects() {
    synchronized (reconnects) {
      Instant hourAgo = clock.instant().minus(Duration.ofHours(1));
      reconnects.removeIf(hourAgo::isAfter);
      return reconnects.size();
    }
  }

  private void countReconnect() {
    synchronized (reconnects) {
      if (reconnects.size() == MOST_COUNTED) {
        reconnects.removeFirst();
      }
      reconnects.addLast(clock.instant());
    }
  }

  /** The pairing code that is shown now, if any. */
  Optional<PairingEvent> shown() {
    return host.shown();
  }

  /** Whether that is how it links the account, if it does. */
  boolean pairsBy(PairingMethod method) {
    return host.pairingMethod().equals(method);
  }

  /** Asks the account to end; the first who asks says why. {@link #awaitEnd} waits for it. */
  void stop(Stop why) {
    stop.compareAndSet(null, why);
    over = true;
    stopAsked.countDown();
    wake.release();
    Admission.Ticket waiting = ticket;
    if (waiting != null) {
      waiting.cancel();
    }
    stopConnector();
  }

  /** Its route was changed: what goes along the old one ends, and it connects anew at once. */
  void reroute() {
    rerouted.set(true);
    stopConnector(); // Before the wait is cut short: the stop would meet the connection after it.
    wake.release();
  }

  private void stopConnector() {
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
    if (beginning.notBefore() != null) {
      rest(beginning.notBefore(), false);
    }
    boolean spread = beginning.spread();
    while (!over) {
      ConnectionEnd end = judge(connectOnce(spread));
      spread = false;
      Optional<Instant> next = comeback.after(end, host.workedFor(policy.stableAfter()));
      if (next.isEmpty()) {
        over = true;
      }
      persistence.insist(() -> host.ended(end));
      if (!over && next.isPresent()) {
        // A refusal has nothing to do with the route: its time is kept.
        rest(next.get(), !(end instanceof ConnectionEnd.Refused));
        countReconnect();
      }
    }
  }

  /** What an end means here, where it is known whether somebody asked for it. */
  private ConnectionEnd judge(ConnectionEnd end) {
    boolean asked = stopAsked.getCount() == 0;
    return switch (end) {
      case ConnectionEnd.Stopped stopped -> asked ? stopped : unasked();
      case ConnectionEnd.Reconnect reconnect -> asked ? new ConnectionEnd.Stopped() : reconnect;
      case ConnectionEnd.Lost lost -> asked ? new ConnectionEnd.Stopped() : lost(lost);
      case ConnectionEnd.NotPaired failed -> asked ? new ConnectionEnd.Stopped() : failed;
      case ConnectionEnd.Refused refused -> refused;
      case ConnectionEnd.LoggedOut out -> out;
    };
  }

  /** Nobody ended the account, but its way to the network may have been changed. */
  private ConnectionEnd unasked() {
    if (!rerouted.getAndSet(false)) {
      return lost(new ConnectionEnd.Lost(StateCause.INTERNAL_ERROR, "stopped"));
    }
    wake.release(); // There is nothing to wait for.
    return host.linked()
        ? new ConnectionEnd.Lost(StateCause.REQUESTED, "the proxy was changed")
        : new ConnectionEnd.Reconnect(); // Whoever waits for a code gets one of the new connection.
  }

  /** A pairing is never tried again unasked: the person who waits for it is told. */
  private ConnectionEnd lost(ConnectionEnd.Lost lost) {
    return host.linked() ? lost : new ConnectionEnd.NotPaired(lost.cause(), lost.detail());
  }

  private ConnectionEnd connectOnce(boolean spread) throws InterruptedException {
    try (Admission.Ticket admitted = admission.request()) {
      ticket = admitted;
      if (!over) { // Looked at after the ticket is shown: a stop finds it there, or is seen here.
        admitted.await();
      }
      if (spread && !over) {
        rest(clock.instant().plus(policy.delay(1, random)), false);
      }
      if (over) {
        return new ConnectionEnd.Stopped();
      }
      host.connecting(admitted);
      return connector.run(host);
    } catch (GatewayException e) {
      LOG.warn("{}: the connection ended: {}", account, e.getMessage());
      return new ConnectionEnd.Lost(causeOf(e), e.reason().name());
    } catch (RuntimeException | Error e) { // One account's defect must not end its thread unseen.
      String id = Long.toHexString(random.nextLong());
      LOG.error("{}: the connection ended by a defect of the gateway, id {}", account, id, e);
      return new ConnectionEnd.Lost(StateCause.INTERNAL_ERROR, "id " + id);
    } finally {
      ticket = null;
    }
  }

  private static StateCause causeOf(GatewayException e) {
    return e.reason() == Reason.PROXY_REQUIRED
        ? StateCause.PROXY_REQUIRED
        : StateCause.INTERNAL_ERROR;
  }

  /**
   * Waits, by the clock and not by the sum of naps: a wait of days has to end in time even when the
   * machine slept meanwhile.
   *
   * @param untilRerouted whether another route makes the wait pointless
   */
  private void rest(Instant due, boolean untilRerouted) throws InterruptedException {
    Duration left = Duration.between(clock.instant(), due);
    while (left.compareTo(policy.cap()) > 0) {
      if (woken(policy.cap(), untilRerouted)) {
        return;
      }
      left = Duration.between(clock.instant(), due);
    }
    if (woken(left, untilRerouted)) {
      LOG.debug("{}: stopped or rerouted while waiting to connect", account);
    }
  }

  private boolean woken(Duration nap, boolean byReroute) throws InterruptedException {
    if (!byReroute) {
      return stopAsked.await(nap.toMillis(), TimeUnit.MILLISECONDS);
    }
    boolean woken = wake.tryAcquire(nap.toMillis(), TimeUnit.MILLISECONDS);
    if (woken) {
      wake.drainPermits(); // However often it was woken: this wait is over.
    }
    return woken;
  }
}
