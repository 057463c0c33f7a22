package dev.switchboard.instance;

import static dev.switchboard.instance.Bench.LOGGED_IN;
import static dev.switchboard.testing.Samples.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.model.event.EventPayload;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.ScriptedConnector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is told of reach-out locks. */
@Timeout(60)
class LockNoticeTest {
  private final Bench bench = new Bench();
  private final Instant end = bench.clock.instant().plus(Duration.ofHours(1));
  private final ReachoutLock lock = new ReachoutLock(bench.clock.instant(), end);

  @AfterEach
  void everyAccountEnds() throws Exception {
    bench.supervisor.shutDown();
    bench.awaitNothingRuns();
  }

  @Test
  void eachChangeOfALockIsToldOnce() throws Exception {
    var longer = new ReachoutLock(lock.since(), end.plusSeconds(1));
    ScriptedConnector engine = bench.engine();
    for (ReachoutLock each : new @Nullable ReachoutLock[] {null, lock, lock, longer, null, null}) {
      engine.then(host -> tell(host, each));
    }
    engine.then(host -> tell(host, lock));
    bench.insertLinked();
    bench.instances.start(ACCOUNT);
    awaitTold(4);
    assertThat(told()).containsExactly(lock, longer, null, lock);
    assertThat(bench.instances.health(ACCOUNT).lock()).contains(lock);
    bench.clock.advance(Duration.ofHours(1));
    assertThat(bench.instances.health(ACCOUNT).lock()).isEmpty();
  }

  @Test
  void whatIsKnownBeforeARestartIsNotToldAgain() throws Exception {
    bench.insertLinked();
    bench.store.lockReachout(ACCOUNT, lock);
    var later = new ReachoutLock(lock.since().plusSeconds(9), end);
    bench
        .engine()
        .then(host -> {
          assertThat(host.reachoutLock()).contains(lock);
          return tell(host, later);
        })
        .then(host -> tell(host, null))
        .thenTell(LOGGED_IN);
    bench.instances.start(ACCOUNT);
    awaitTold(2);
    assertThat(told()).containsExactly(lock, null);
  }

  @Test
  void aLockIsGoneWithItsLink() throws Exception {
    bench.insertLinked();
    bench.store.lockReachout(ACCOUNT, lock);
    bench.engine().thenEnd(new ConnectionEnd.LoggedOut(StateCause.DEVICE_REMOVED, ""));
    bench.instances.start(ACCOUNT);
    bench.awaitNothingRuns();
    assertThat(bench.now().reachoutLock()).isNull();
  }

  private static Optional<ConnectionEnd> tell(ConnectorHost host, @Nullable ReachoutLock lock) {
    host.reachoutLock(lock);
    return Optional.empty();
  }

  private void awaitTold(int count) throws InterruptedException {
    Eventually.until(count + " notices", () -> told().size() >= count);
  }

  /** The locks of which was told, null where one was lifted. */
  private List<@Nullable ReachoutLock> told() {
    List<@Nullable ReachoutLock> locks = new ArrayList<>();
    for (EventPayload payload : bench.store.told()) {
      if (payload instanceof EventPayload.ReachoutLockChanged(var each)) {
        locks.add(each);
      }
    }
    return locks;
  }
}
