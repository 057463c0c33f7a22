package dev.switchboard.instance;

import static dev.switchboard.instance.Bench.LOGGED_IN;
import static dev.switchboard.testing.Samples.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.InstanceSettings;
import dev.switchboard.model.instance.InstanceState;
import dev.switchboard.model.instance.Network;
import dev.switchboard.model.instance.PairingMethod;
import dev.switchboard.model.instance.Route;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.Samples;
import dev.switchboard.testing.ScriptedConnector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SupervisorTest {
  private final Bench bench = new Bench();

  @AfterEach
  void everyAccountEnds() throws Exception {
    bench.supervisor.shutDown();
    bench.awaitNothingRuns();
  }

  @Test
  void stopsAndWaitsForTheEnd() throws Exception {
    ScriptedConnector engine = bench.startLinked().thenTell(LOGGED_IN);
    bench.awaitState(InstanceState.READY, StateCause.LOGGED_IN);
    Instance stopped = bench.instances.stop(ACCOUNT);
    assertThat(bench.supervisor.running()).isZero();
    assertThat(engine.isStopped()).isTrue();
    assertThat(stopped.state()).isEqualTo(InstanceState.NOT_STARTED);
    assertThat(stopped.cause()).isEqualTo(StateCause.REQUESTED);
    assertThat(stopped.wanted()).isFalse();
    assertThat(stopped.linked()).isTrue();
  }

  @Test
  void cutsShortWhatDoesNotEndByItself() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch hangs = new CountDownLatch(1);
    ScriptedConnector engine =
        bench
            .startLinked()
            .then(host -> {
              hangs.countDown();
              never.await();
              return Optional.empty();
            });
    hangs.await();
    Instance stopped = bench.instances.stop(ACCOUNT);
    assertThat(engine.isStopped()).isTrue();
    assertThat(bench.supervisor.running()).isZero();
    assertThat(stopped.state()).isEqualTo(InstanceState.NOT_STARTED);
    assertThat(stopped.cause()).isEqualTo(StateCause.REQUESTED);
  }

  @Test
  void startsAnewRightAfterTheEndOfRunEveryTime() throws Exception {
    bench.insertLinked();
    for (int i = 0; i < 300; i++) {
      ScriptedConnector engine = bench.engine();
      engine.thenEnd(new ConnectionEnd.Refused(StateCause.CLIENT_OUTDATED, "", null));
      bench.instances.start(ACCOUNT);
      bench.supervisor.stop(ACCOUNT);
      assertThat(bench.supervisor.running()).isZero();
    }
  }

  @Test
  void leavesWhatTheLastOfManyCommandsAskedFor() throws Exception {
    bench.insertLinked();
    for (int i = 0; i < 200; i++) {
      bench.engine();
    }
    List<Thread> callers = new ArrayList<>();
    CountDownLatch go = new CountDownLatch(1);
    for (int i = 0; i < 100; i++) {
      boolean start = i % 2 == 0;
      callers.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  go.await();
                  var _ = start ? bench.instances.start(ACCOUNT) : bench.instances.stop(ACCOUNT);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }));
    }
    go.countDown();
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(bench.supervisor.running()).isEqualTo(bench.now().wanted() ? 1 : 0);
    bench.instances.start(ACCOUNT);
    assertThat(bench.supervisor.running()).isEqualTo(1);
    bench.instances.stop(ACCOUNT);
    assertThat(bench.supervisor.running()).isZero();
    assertThat(bench.now().wanted()).isFalse();
  }

  @Test
  void keepsWhatIsWantedAtShutDown() throws Exception {
    bench.startLinked().thenTell(LOGGED_IN);
    bench.awaitState(InstanceState.READY, StateCause.LOGGED_IN);
    bench.supervisor.shutDown();
    assertThat(bench.now().wanted()).isTrue();
    assertThat(bench.now().state()).isEqualTo(InstanceState.DISCONNECTED);
    assertThat(bench.now().cause()).isEqualTo(StateCause.GATEWAY_RESTARTED);
    assertRefused(
        () -> bench.supervisor.start(ACCOUNT, PairingMethod.QR_CODE, () -> {}),
        Reason.SHUTTING_DOWN);
  }

  @Test
  void showsPairingThatShutDownEndsAsNotStarted() throws Exception {
    bench.insertUnlinked();
    bench.engine().thenTell(Bench.QR);
    bench.instances.pair(ACCOUNT, new PairingMethod.QrCode()).close();
    bench.awaitState(InstanceState.PENDING, StateCause.PAIRING_STARTED);
    bench.supervisor.shutDown();
    assertThat(bench.now().state()).isEqualTo(InstanceState.NOT_STARTED);
  }

  @Test
  void bringsBackOnlyWhatIsWantedLinkedAndNotRefused() throws Exception {
    ScriptedConnector ready = restorable("ready", InstanceState.READY, true);
    ScriptedConnector stopped = restorable("stopped", InstanceState.NOT_STARTED, false);
    ScriptedConnector refused = restorable("refused", InstanceState.AUTH_FAILED, true);
    ScriptedConnector unwanted = restorable("unwanted", InstanceState.DISCONNECTED, false);
    AccountKey pairing = Samples.account("pairing");
    bench.store.insert(Samples.unlinked(pairing, InstanceState.PENDING));
    ready.thenTell(LOGGED_IN);
    bench.supervisor.restore();
    Eventually.until("it is back", () -> state("ready") == InstanceState.READY);
    assertThat(bench.supervisor.running()).isEqualTo(1);
    assertThat(List.of(stopped.runs(), refused.runs(), unwanted.runs())).containsOnly(0);
    assertThat(state("refused")).isEqualTo(InstanceState.AUTH_FAILED);
    assertThat(state("unwanted")).isEqualTo(InstanceState.NOT_STARTED);
    assertThat(state("pairing")).isEqualTo(InstanceState.NOT_STARTED);
  }

  @Test
  void bringsTheOthersBackWhenOneNetworkIsMissing() throws Exception {
    Instance absent = Samples.linked(Samples.account("a"), InstanceState.READY, true);
    bench.store.insert(
        new Instance(
            absent.key(),
            Network.WHATSAPP,
            "",
            absent.route(),
            true,
            absent.state(),
            absent.cause(),
            "",
            null,
            absent.own(),
            absent.createdAt(),
            absent.stateChangedAt()));
    ScriptedConnector other = restorable("b", InstanceState.READY, true);
    other.thenTell(LOGGED_IN);
    bench.supervisor.restore();
    bench.awaitState(InstanceState.READY, StateCause.LOGGED_IN);
    assertThat(state("a")).isEqualTo(InstanceState.DISCONNECTED);
  }

  @Test
  void logsOutOnlyWhatIsConnected() throws Exception {
    bench.insertLinked();
    assertRefused(() -> bench.instances.logOut(ACCOUNT), Reason.INSTANCE_NOT_READY);
    bench.engine().thenTell(LOGGED_IN);
    bench.instances.start(ACCOUNT);
    bench.awaitState(InstanceState.READY, StateCause.LOGGED_IN);
    assertThat(bench.instances.logOut(ACCOUNT).state()).isEqualTo(InstanceState.LOGGED_OUT);
    assertRefused(() -> bench.instances.start(ACCOUNT), Reason.INSTANCE_NOT_LINKED);
  }

  @Test
  void deletesConnectedInstance() throws Exception {
    bench.startLinked().thenTell(LOGGED_IN);
    bench.awaitState(InstanceState.READY, StateCause.LOGGED_IN);
    bench.instances.delete(ACCOUNT);
    assertThat(bench.supervisor.running()).isZero();
    assertRefused(() -> bench.instances.find(ACCOUNT), Reason.INSTANCE_NOT_FOUND);
    assertRefused(() -> bench.instances.start(ACCOUNT), Reason.INSTANCE_NOT_FOUND);
  }

  @Test
  void refusesToCreateOnAbsentNetwork() {
    assertRefused(
        () ->
            bench.instances.create(
                ACCOUNT, Network.WHATSAPP, new InstanceSettings("", new Route.Direct())),
        Reason.NETWORK_UNAVAILABLE);
    assertThat(bench.store.find(ACCOUNT)).isEmpty();
  }

  private ScriptedConnector restorable(String id, InstanceState state, boolean wanted) {
    AccountKey key = Samples.account(id);
    bench.store.insert(Samples.linked(key, state, wanted));
    return bench.engine(key);
  }

  private InstanceState state(String id) {
    return bench.instances.find(Samples.account(id)).state();
  }

  private static void assertRefused(ThrowingCallable call, Reason reason) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            GatewayException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
