package dev.switchboard.instance;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.Connector;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.InstanceState;
import dev.switchboard.model.instance.StateCause;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one account connected, on the account's own virtual thread, until it is stopped or the
 * network ends it for good.
 */
final class AccountRunner {
  private static final Logger LOG = LoggerFactory.getLogger(AccountRunner.class);

  /** How many connections may follow one another without a wait and without getting ready. */
  private static final int REPEATS_AT_ONCE = 3;

  private final AccountKey account;
  private final Connector connector;
  private final AccountHost host;
  private final Admission admission;
  private final ReconnectPolicy policy;
  private final RandomGenerator random;
  private final CountDownLatch stopAsked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Transition whenStopped =
      Transition.to(InstanceState.NOT_STARTED, StateCause.REQUESTED);
  private volatile boolean over;

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

  /** Asks the account to end, in the given state; {@link #awaitEnd} waits for it. */
  void stop(Transition to) {
    whenStopped = to;
    over = true;
    stopAsked.countDown();
    connector.stop();
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
    try {
      int failures = 0;
      while (!over) {
        ConnectionEnd end = boundPairing(connectOnce());
        failures = host.wasReady() ? 0 : failures;
        conclude(end);
        if (end instanceof ConnectionEnd.Lost || failures++ > REPEATS_AT_ONCE) {
          waitBeforeNext(Math.max(1, failures));
        }
      }
      if (stopAsked.getCount() == 0) {
        store(() -> host.move(whenStopped));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A pairing is never tried again unasked: the person who waits for it is told. */
  private ConnectionEnd boundPairing(ConnectionEnd end) {
    return end instanceof ConnectionEnd.Lost lost && !host.linked()
        ? new ConnectionEnd.NotPaired(lost.cause(), lost.detail())
        : end;
  }

  private void conclude(ConnectionEnd end) throws InterruptedException {
    over |=
        switch (end) {
          case ConnectionEnd.Reconnect ignored -> false;
          case ConnectionEnd.Lost ignored -> false;
          case ConnectionEnd.Stopped ignored -> stopAsked.getCount() == 0;
          case ConnectionEnd.NotPaired ignored -> true;
          case ConnectionEnd.Refused ignored -> true;
          case ConnectionEnd.LoggedOut ignored -> true;
        };
    store(() -> host.ended(end));
  }

  /** Does what must not be lost, again and again while storage is away. */
  private void store(Runnable step) throws InterruptedException {
    for (int failures = 1; ; failures++) {
      try {
        step.run();
        return;
      } catch (GatewayException e) {
        LOG.warn("{}: cannot store its state for now: {}", account, e.getMessage());
        Thread.sleep(policy.delay(failures, random));
      }
    }
  }

  private ConnectionEnd connectOnce() throws InterruptedException {
    try (Admission.Ticket ticket = admission.enter()) {
      if (over) {
        return new ConnectionEnd.Stopped();
      }
      host.connecting(ticket);
      return connector.run(host);
    } catch (GatewayException e) {
      LOG.warn("{}: the connection ended: {}", account, e.getMessage());
      return new ConnectionEnd.Lost(StateCause.INTERNAL_ERROR, e.reason().name());
    } catch (RuntimeException e) {
      String id = Long.toHexString(random.nextLong());
      LOG.error("{}: the connection ended by a defect of the gateway, id {}", account, id, e);
      return new ConnectionEnd.Lost(StateCause.INTERNAL_ERROR, "id " + id);
    }
  }

  private void waitBeforeNext(int failures) throws InterruptedException {
    Duration delay = policy.delay(failures, random);
    if (stopAsked.await(delay.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.debug("{}: stopped while waiting to reconnect", account);
    }
  }

  /** The state that a fresh process shows until the account is back. */
  static Transition afterRestart(Instance instance) {
    return instance.linked()
        ? Transition.to(InstanceState.DISCONNECTED, StateCause.GATEWAY_RESTARTED)
        : Transition.to(InstanceState.NOT_STARTED, StateCause.GATEWAY_RESTARTED);
  }
}
