package dev.switchboard.instance;

import static dev.switchboard.instance.Bench.LOGGED_IN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.instance.reconnect.ReconnectPolicy;
import dev.switchboard.model.instance.InstanceState;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.Samples;
import dev.switchboard.testing.ScriptedConnector;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RestartTest {
  private static final int ACCOUNTS = 500;
  private static final int AT_ONCE = 20;

  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger ready = new AtomicInteger();

  @Test
  void fiveHundredAccountsReturnWithoutAStorm() throws Exception {
    Bench bench =
        new Bench(
            new ReconnectPolicy(Duration.ofMillis(4), Duration.ofMillis(8), Duration.ZERO),
            AT_ONCE);
    for (int i = 0; i < ACCOUNTS; i++) {
      restorable(bench, i).then(this::logIn);
    }
    bench.supervisor.restore();
    Eventually.until("all are back", () -> ready.get() == ACCOUNTS);
    assertThat(most.get()).isBetween(2, AT_ONCE);
    bench.supervisor.shutDown();
  }

  @Test
  void loginsThatHangKeepNobodyOut() throws Exception {
    Bench bench =
        new Bench(
            new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ZERO),
            2,
            Duration.ofMillis(50));
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 3; i++) {
      restorable(bench, i)
          .then(host -> {
            never.await();
            return Optional.of(new ConnectionEnd.Stopped());
          });
    }
    for (int i = 3; i < 30; i++) {
      restorable(bench, i).then(this::logIn);
    }
    bench.supervisor.restore();
    Eventually.until("the others are back", () -> ready.get() == 27);
    never.countDown();
    bench.supervisor.shutDown();
  }

  @Test
  void aNetworkThatIsAwayIsNotStormedEither() throws Exception {
    Bench bench =
        new Bench(
            new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ZERO),
            AT_ONCE);
    for (int i = 0; i < 100; i++) {
      ScriptedConnector engine = restorable(bench, i);
      engine.then(this::turnAway).then(this::turnAway).then(this::logIn);
    }
    bench.supervisor.restore();
    Eventually.until("all are back", () -> ready.get() == 100);
    assertThat(most.get()).isLessThanOrEqualTo(AT_ONCE);
    bench.supervisor.shutDown();
  }

  private Optional<ConnectionEnd> logIn(ConnectorHost host) throws InterruptedException {
    knock();
    host.on(LOGGED_IN);
    ready.incrementAndGet();
    return Optional.empty();
  }

  private Optional<ConnectionEnd> turnAway(ConnectorHost host) throws InterruptedException {
    knock();
    return Optional.of(new ConnectionEnd.Lost(StateCause.SERVICE_UNAVAILABLE, ""));
  }

  /** Long enough for others to come at the same time, if they may. */
  private void knock() throws InterruptedException {
    most.accumulateAndGet(now.incrementAndGet(), Math::max);
    Thread.sleep(1);
    now.decrementAndGet();
  }

  private static ScriptedConnector restorable(Bench bench, int number) {
    var key = Samples.account("account-" + number);
    bench.store.insert(Samples.linked(key, InstanceState.READY, true));
    return bench.engine(key);
  }
}
