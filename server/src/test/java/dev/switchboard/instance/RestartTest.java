package dev.switchboard.instance;

import static dev.switchboard.instance.Bench.LOGGED_IN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.instance.reconnect.ReconnectPolicy;
import dev.switchboard.model.instance.InstanceState;
import dev.switchboard.model.instance.RoutePolicy;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.Samples;
import dev.switchboard.testing.ScriptedConnector;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RestartTest {
  private static final int ACCOUNTS = 500;
  private static final int AT_ONCE = 20;

  private static final Duration LONGEST_LOGIN = Duration.ofMillis(40);
  private static final ReconnectPolicy POLICY =
      new ReconnectPolicy(Duration.ofMinutes(4), Duration.ofMinutes(8), Duration.ZERO);

  /** Draws no wait at all, so that no time has to pass; what was asked for is looked at. */
  private final Limits limits = new Limits();

  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger ready = new AtomicInteger();
  private final CountDownLatch go = new CountDownLatch(1);

  @Test
  void fiveHundredAccountsReturnWithoutAStorm() throws Exception {
    Bench bench = bench(AT_ONCE);
    for (int i = 0; i < ACCOUNTS; i++) {
      restorable(bench, i).then(this::logIn);
    }
    bench.supervisor.restore();
    Eventually.until(
        "as many log in as may, and the others wait",
        () -> now.get() == AT_ONCE && bench.admission.waiting() == ACCOUNTS - AT_ONCE);
    assertThat(ready.get()).isZero();
    go.countDown();
    Eventually.until("all are back", () -> ready.get() == ACCOUNTS);
    assertThat(most.get()).isEqualTo(AT_ONCE);
    assertThat(limits.asked()).hasSize(ACCOUNTS).containsOnly(POLICY.base().toMillis() + 1);
    bench.supervisor.shutDown();
  }

  @Test
  void storageThatGoesAwayMeanwhileIsWaitedFor() throws Exception {
    Bench bench = bench(AT_ONCE);
    for (int i = 0; i < 3; i++) {
      restorable(bench, i).then(this::logIn);
    }
    go.countDown();
    bench.store.outage().begin();
    CompletableFuture<Boolean> restored = new CompletableFuture<>();
    Thread restoring =
        Thread.ofVirtual()
            .start(() -> {
              try {
                bench.supervisor.restore();
                restored.complete(true);
              } catch (Exception e) {
                restored.completeExceptionally(e);
              }
            });
    Eventually.until("it was tried again", () -> bench.store.outage().refused() > 1);
    assertThat(restored).isNotDone();
    bench.store.outage().end();
    assertThat(restored.get(20, TimeUnit.SECONDS)).isTrue();
    restoring.join();
    Eventually.until("all are back", () -> ready.get() == 3);
    bench.supervisor.shutDown();
  }

  @Test
  void loginsThatHangKeepNobodyOut() throws Exception {
    Bench bench = bench(2);
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 3; i++) {
      restorable(bench, i)
          .then(host -> {
            never.await();
            return Optional.of(new ConnectionEnd.Stopped());
          });
    }
    bench.supervisor.restore();
    Eventually.until("two hang", () -> bench.admission.waiting() == 1);
    for (int i = 3; i < 30; i++) {
      restorable(bench, i).then(this::logIn);
    }
    go.countDown();
    bench.supervisor.restore();
    Eventually.until("all others wait", () -> bench.admission.waiting() == 28);
    assertThat(ready.get()).isZero();
    Eventually.until(
        "the others are back",
        () -> {
          bench.clock.advance(LONGEST_LOGIN);
          return ready.get() == 27;
        });
    never.countDown();
    bench.supervisor.shutDown();
  }

  @Test
  void aNetworkThatIsAwayIsNotStormedEither() throws Exception {
    Bench bench = bench(AT_ONCE);
    for (int i = 0; i < 100; i++) {
      ScriptedConnector engine = restorable(bench, i);
      engine.then(this::turnAway).then(this::turnAway).then(this::logIn);
    }
    bench.supervisor.restore();
    Eventually.until(
        "as many knock as may",
        () -> now.get() == AT_ONCE && bench.admission.waiting() == 100 - AT_ONCE);
    go.countDown();
    Eventually.until("all are back", () -> ready.get() == 100);
    assertThat(most.get()).isEqualTo(AT_ONCE);
    bench.supervisor.shutDown();
  }

  private Bench bench(int atOnce) {
    return new Bench(POLICY, atOnce, LONGEST_LOGIN, RoutePolicy.ANY, limits);
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

  /** The first to come stay until it is known who else came. */
  private void knock() throws InterruptedException {
    most.accumulateAndGet(now.incrementAndGet(), Math::max);
    go.await();
    now.decrementAndGet();
  }

  private static ScriptedConnector restorable(Bench bench, int number) {
    var key = Samples.account("account-" + number);
    bench.store.insert(Samples.linked(key, InstanceState.READY, true));
    return bench.engine(key);
  }
}
