package dev.switchboard.instance;

import static dev.switchboard.instance.Bench.LOGGED_IN;
import static dev.switchboard.testing.Samples.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.InstanceState;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.Samples;
import dev.switchboard.testing.ScriptedConnector;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BanTest {
  private static final Duration DAY = Duration.ofDays(1);

  private final Bench bench = new Bench();

  @AfterEach
  void everyAccountEnds() throws Exception {
    bench.supervisor.shutDown();
    bench.awaitNothingRuns();
  }

  @Test
  void knocksOnceAfterTheEndThatWasNamedAndNotBefore() throws Exception {
    Instant end = bench.clock.instant().plus(DAY);
    ScriptedConnector engine = bench.startLinked().thenEnd(banned(end)).thenTell(LOGGED_IN);
    bench.awaitState(InstanceState.AUTH_FAILED, StateCause.TEMPORARILY_BANNED);
    assertThat(bench.now().until()).isEqualTo(end);
    bench.clock.advance(DAY.minusSeconds(1));
    bench.instances.start(ACCOUNT); // A caller's wish does not knock either.
    assertThat(engine.runs()).isEqualTo(1);
    bench.clock.advance(Duration.ofSeconds(2));
    bench.awaitState(InstanceState.READY, StateCause.LOGGED_IN);
    assertThat(engine.runs()).isEqualTo(2);
  }

  @Test
  void waitsForANewEndAndGivesUpWhenBansDoNotStop() throws Exception {
    ScriptedConnector engine = bench.startLinked();
    for (int i = 0; i < 5; i++) {
      engine.then(host -> Optional.of(banned(bench.clock.instant().plus(DAY))));
    }
    for (int i = 0; i < 3; i++) {
      awaitBanOfADay();
      bench.clock.advance(DAY);
    }
    bench.awaitNothingRuns();
    assertThat(engine.runs()).isEqualTo(4);
    assertThat(bench.now().state()).isEqualTo(InstanceState.AUTH_FAILED);

    ScriptedConnector again = bench.engine().thenTell(LOGGED_IN);
    bench.instances.start(ACCOUNT); // A person decides, but not before the end that is known.
    assertThat(again.runs()).isZero();
    bench.clock.advance(DAY);
    bench.awaitState(InstanceState.READY, StateCause.LOGGED_IN);
  }

  @Test
  void aRestartOfTheGatewayIsNoReasonToBeLessCareful() throws Exception {
    ScriptedConnector before = bench.startLinked();
    for (int i = 0; i < 3; i++) {
      before.then(host -> Optional.of(banned(bench.clock.instant().plus(DAY))));
    }
    for (int i = 0; i < 2; i++) {
      awaitBanOfADay();
      bench.clock.advance(DAY);
    }
    awaitBanOfADay();
    bench.supervisor.shutDown();
    Bench restarted = new Bench(bench.store, bench.clock);
    ScriptedConnector after =
        restarted.engine().then(host -> Optional.of(banned(bench.clock.instant().plus(DAY))));
    restarted.supervisor.restore();
    restarted.clock.advance(DAY);
    restarted.awaitNothingRuns();
    assertThat(after.runs()).isEqualTo(1);
    assertThat(restarted.now().state()).isEqualTo(InstanceState.AUTH_FAILED);
    assertThat(bench.store.bansInARow(ACCOUNT)).isEqualTo(4);
  }

  @Test
  void aConnectionThatWorkedEndsTheRowOfBans() throws Exception {
    ScriptedConnector engine =
        bench
            .startLinked()
            .then(host -> Optional.of(banned(bench.clock.instant().plus(DAY))))
            .thenTell(LOGGED_IN)
            .thenEnd(new ConnectionEnd.Lost(StateCause.CONNECTION_LOST, ""));
    awaitBanOfADay();
    assertThat(bench.store.bansInARow(ACCOUNT)).isEqualTo(1);
    bench.clock.advance(DAY);
    Eventually.until("the row is over", () -> bench.store.bansInARow(ACCOUNT) == 0);
    assertThat(engine.runs()).isGreaterThan(1);
  }

  private void awaitBanOfADay() throws InterruptedException {
    Instant end = bench.clock.instant().plus(DAY);
    Eventually.until("the end is told", () -> end.equals(bench.now().until()));
  }

  @Test
  void waitsForAPersonWithoutAnEnd() throws Exception {
    ScriptedConnector engine = bench.startLinked().thenEnd(banned(null));
    bench.awaitNothingRuns();
    assertThat(engine.runs()).isEqualTo(1);
    assertThat(bench.now().cause()).isEqualTo(StateCause.TEMPORARILY_BANNED);
  }

  @Test
  void waitsOnAfterARestartOfTheGateway() throws Exception {
    Instance linked = Samples.linked(ACCOUNT, InstanceState.AUTH_FAILED, true);
    Instant end = bench.clock.instant().plus(DAY);
    bench.store.insert(
        new Instance(
            ACCOUNT,
            linked.network(),
            "",
            linked.route(),
            true,
            InstanceState.AUTH_FAILED,
            StateCause.TEMPORARILY_BANNED,
            "",
            end,
            linked.own(),
            linked.createdAt(),
            linked.stateChangedAt()));
    ScriptedConnector engine = bench.engine().thenTell(LOGGED_IN);
    bench.supervisor.restore();
    assertThat(bench.supervisor.running()).isEqualTo(1);
    assertThat(engine.runs()).isZero();
    bench.clock.advance(DAY.plusSeconds(1));
    bench.awaitState(InstanceState.READY, StateCause.LOGGED_IN);
  }

  @Test
  void isStoppedWhileItWaits() throws Exception {
    bench.startLinked().thenEnd(banned(bench.clock.instant().plus(DAY)));
    bench.awaitState(InstanceState.AUTH_FAILED, StateCause.TEMPORARILY_BANNED);
    assertThat(bench.instances.stop(ACCOUNT).state()).isEqualTo(InstanceState.NOT_STARTED);
    assertThat(bench.supervisor.running()).isZero();
  }

  private static ConnectionEnd banned(@Nullable Instant until) {
    return new ConnectionEnd.Refused(StateCause.TEMPORARILY_BANNED, "", until);
  }
}
