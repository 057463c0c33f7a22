package dev.switchboard.instance;

import static dev.switchboard.instance.Bench.LOGGED_IN;
import static dev.switchboard.testing.Samples.ACCOUNT;
import static dev.switchboard.testing.Samples.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.ConnectorEvent;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.instance.reconnect.ReconnectPolicy;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.instance.InstanceState;
import dev.switchboard.model.instance.PairingMethod;
import dev.switchboard.model.instance.RoutePolicy;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.Samples;
import dev.switchboard.testing.ScriptedConnector;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class AccountRunTest {
  private static final ConnectionEnd LOST = new ConnectionEnd.Lost(StateCause.CONNECTION_LOST, "");

  private final Bench bench = new Bench();

  @AfterEach
  void everyAccountEnds() throws Exception {
    bench.store.outage().end();
    bench.supervisor.shutDown();
    bench.awaitNothingRuns();
  }

  @Test
  void storesEachTransitionOnceAndNoRepeat() throws Exception {
    ScriptedConnector engine = bench.startLinked();
    for (int i = 0; i < 3; i++) {
      engine.thenEnd(LOST);
    }
    engine.thenTell(LOGGED_IN).thenTell(LOGGED_IN);
    bench.awaitState(InstanceState.READY, StateCause.LOGGED_IN);
    bench.instances.stop(ACCOUNT);
    assertThat(bench.states())
        .containsExactly(
            InstanceState.DISCONNECTED, InstanceState.READY, InstanceState.NOT_STARTED);
  }

  @Test
  void showsEvidenceOfDegradationAndItsEnd() throws Exception {
    bench
        .startLinked()
        .thenTell(LOGGED_IN)
        .thenTell(new ConnectorEvent.Degraded(StateCause.SERVER_SILENT, ""))
        .thenTell(new ConnectorEvent.Recovered());
    Eventually.until("three transitions", () -> bench.states().size() == 3);
    assertThat(bench.states())
        .containsExactly(InstanceState.READY, InstanceState.DEGRADED, InstanceState.READY);
  }

  @ParameterizedTest
  @EnumSource(
      value = StateCause.class,
      names = {"REPLACED", "BANNED", "ACCOUNT_LOCKED", "CLIENT_OUTDATED", "REFUSED"})
  void endsForGoodWhenRefused(StateCause cause) throws Exception {
    ScriptedConnector engine =
        bench.startLinked().thenEnd(new ConnectionEnd.Refused(cause, "", null));
    bench.awaitNothingRuns();
    assertThat(engine.runs()).isEqualTo(1);
    assertThat(bench.now().state()).isEqualTo(InstanceState.AUTH_FAILED);
    assertThat(bench.now().cause()).isEqualTo(cause);
    assertThat(bench.now().linked()).isTrue();
  }

  @Test
  void forgetsEverythingWhenLoggedOut() throws Exception {
    RecordKey key = new RecordKey(RecordKind.CREDENTIALS, "credentials");
    bench.store.records(ACCOUNT).commit(List.of(new RecordChange.Put(key, new byte[] {1})));
    bench.sending.accept("1", BOB);
    bench.startLinked().thenEnd(new ConnectionEnd.LoggedOut(StateCause.DEVICE_REMOVED, ""));
    bench.awaitNothingRuns();
    assertThat(bench.store.records(ACCOUNT).read(key)).isEmpty();
    assertThat(bench.now().own()).isNull();
    assertThat(bench.now().wanted()).isFalse();
    assertThat(bench.now().state()).isEqualTo(InstanceState.LOGGED_OUT);
    var message = bench.sending.message("1");
    assertThat(message.status()).isEqualTo(MessageStatus.FAILED);
    assertThat(message.failure()).extracting(f -> f.cause()).isEqualTo(FailureCause.LOGGED_OUT);
  }

  @Test
  void keepsSayingLoggedOutWhenStoppedAfterwards() throws Exception {
    bench.startLinked().thenEnd(new ConnectionEnd.LoggedOut(StateCause.DEVICE_REMOVED, ""));
    bench.awaitNothingRuns();
    bench.instances.stop(ACCOUNT);
    assertThat(bench.now().state()).isEqualTo(InstanceState.LOGGED_OUT);
  }

  @Test
  void connectsAgainAtOnceWhenAskedButOnlySoOften() throws Exception {
    Bench slow =
        new Bench(new ReconnectPolicy(Duration.ofHours(1), Duration.ofHours(1), Duration.ZERO), 1);
    ScriptedConnector engine = slow.startLinked();
    for (int i = 0; i < 10; i++) {
      engine.thenTell(LOGGED_IN).thenEnd(new ConnectionEnd.Reconnect());
    }
    Eventually.until("the repeats are over", () -> engine.runs() == 4);
    slow.awaitState(InstanceState.READY, StateCause.LOGGED_IN);
    slow.instances.stop(ACCOUNT); // Ends the wait of up to an hour, too.
    assertThat(engine.runs()).isEqualTo(4);
  }

  @Test
  void waitsLongerAfterEveryLossUntilItIsReadyAgain() throws Exception {
    assertThat(limitsOfWaits(Duration.ZERO)).containsExactly(2L, 3L, 5L, 9L, 9L, 2L, 3L);
  }

  @Test
  void countsAConnectionAsWorkingOnWhichMessagesFlow() throws Exception {
    var mute = new ConnectorEvent.Degraded(StateCause.MESSAGES_UNACKNOWLEDGED, "");
    var broken = new ConnectorEvent.Degraded(StateCause.APP_STATE_BROKEN, "");

    assertThat(limitsOfWaits(Duration.ZERO, broken)).containsExactly(2L, 3L, 5L, 9L, 9L, 2L, 3L);
    assertThat(limitsOfWaits(Duration.ZERO, broken, mute))
        .containsExactly(2L, 3L, 5L, 9L, 9L, 9L, 9L);
    assertThat(limitsOfWaits(Duration.ZERO, mute, broken))
        .containsExactly(2L, 3L, 5L, 9L, 9L, 2L, 3L);
  }

  @Test
  void forgetsNoFailureForALoginThatDoesNotLast() throws Exception {
    assertThat(limitsOfWaits(Duration.ofMinutes(1))).containsExactly(2L, 3L, 5L, 9L, 9L, 9L, 9L);
  }

  private static List<Long> limitsOfWaits(Duration stableAfter, ConnectorEvent... told)
      throws Exception {
    Limits limits = new Limits();
    Bench watched =
        new Bench(
            new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(8), stableAfter),
            1,
            Duration.ofMinutes(1),
            RoutePolicy.ANY,
            limits);
    ScriptedConnector engine = watched.engine();
    engine.thenEnd(LOST).thenEnd(LOST).thenEnd(LOST).thenEnd(LOST).thenEnd(LOST);
    engine.thenTell(LOGGED_IN);
    Stream.of(told).forEach(engine::thenTell);
    engine.thenEnd(LOST).thenEnd(LOST);
    engine.thenEnd(new ConnectionEnd.Refused(StateCause.BANNED, "", null));
    watched.insertLinked();
    watched.instances.start(ACCOUNT);
    watched.awaitNothingRuns();
    return limits.asked();
  }

  @Test
  void survivesDefectsAndErrorsOfTheEngine() throws Exception {
    bench
        .startLinked()
        .then(host -> {
          throw new IllegalStateException("a defect");
        })
        .then(host -> {
          throw new StackOverflowError();
        })
        .then(host -> {
          throw new GatewayException(Reason.STORAGE_UNAVAILABLE, "away");
        })
        .thenEnd(new ConnectionEnd.Stopped()) // Nobody asked for it.
        .thenTell(LOGGED_IN);
    bench.awaitState(InstanceState.READY, StateCause.LOGGED_IN);
  }

  @Test
  void storesTheStateOnceStorageIsBack() throws Exception {
    bench
        .startLinked()
        .thenTell(LOGGED_IN)
        .then(host -> {
          bench.store.outage().begin();
          return Optional.of(LOST);
        });
    Eventually.until("it was tried", () -> bench.store.outage().refused() > 3);
    assertThat(bench.states()).containsExactly(InstanceState.READY);
    bench.store.outage().end();
    bench.awaitState(InstanceState.DISCONNECTED, StateCause.CONNECTION_LOST);
  }

  @Test
  void stopsAtOnceWhileItWaitsForAdmission() throws Exception {
    Bench narrow =
        new Bench(
            new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ZERO), 1);
    ScriptedConnector first = narrow.startLinked();
    Eventually.until("the first connects", () -> first.runs() == 1);
    var second = Samples.account("second");
    ScriptedConnector waiting = narrow.engine(second);
    narrow.store.insert(Samples.linked(second, InstanceState.NOT_STARTED, false));
    narrow.instances.start(second);
    narrow.instances.stop(second);
    assertThat(waiting.runs()).isZero();
    assertThat(first.runs()).isEqualTo(1);
    narrow.supervisor.shutDown();
  }

  @Test
  void givesItsPlaceBackAtLoginAtQrAndAtTheEnd() throws Exception {
    Bench narrow =
        new Bench(new ReconnectPolicy(Duration.ofHours(1), Duration.ofHours(1), Duration.ZERO), 1);
    narrow.insertUnlinked();
    narrow.engine().thenTell(Bench.QR);
    narrow.instances.pair(ACCOUNT, new PairingMethod.QrCode());
    startOther(narrow, "b").thenTell(LOGGED_IN);
    startOther(narrow, "c").thenEnd(LOST);
    ScriptedConnector last = startOther(narrow, "d").thenTell(LOGGED_IN);
    Eventually.until("the last one connects", () -> last.runs() == 1);
    narrow.supervisor.shutDown();
  }

  private static ScriptedConnector startOther(Bench bench, String id) throws InterruptedException {
    var key = Samples.account(id);
    ScriptedConnector engine = bench.engine(key);
    bench.store.insert(Samples.linked(key, InstanceState.NOT_STARTED, false));
    bench.instances.start(key);
    return engine;
  }

  @Test
  void sendsOnlyWhileConnected() throws Exception {
    CountDownLatch accepted = new CountDownLatch(1);
    ScriptedConnector engine =
        bench
            .startLinked()
            .thenTell(LOGGED_IN)
            .then(host -> {
              accepted.await();
              return Optional.of(new ConnectionEnd.Refused(StateCause.BANNED, "", null));
            });
    bench.awaitState(InstanceState.READY, StateCause.LOGGED_IN);
    accepted.countDown();
    bench.awaitNothingRuns();
    bench.sending.accept("1", BOB);
    assertThat(engine.unseenMessages()).isZero();
  }
}
