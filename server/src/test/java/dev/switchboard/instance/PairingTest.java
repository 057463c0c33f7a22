package dev.switchboard.instance;

import static dev.switchboard.instance.Bench.LOGGED_IN;
import static dev.switchboard.instance.Bench.PAIRED;
import static dev.switchboard.instance.Bench.QR;
import static dev.switchboard.testing.Samples.ACCOUNT;
import static dev.switchboard.testing.Samples.OWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.ConnectorEvent;
import dev.switchboard.instance.pairing.PairingEvent;
import dev.switchboard.instance.pairing.Subscription;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.model.Reason;
import dev.switchboard.model.instance.InstanceState;
import dev.switchboard.model.instance.PairingMethod;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.ScriptedConnector;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PairingTest {
  private static final PairingMethod SCANNED = new PairingMethod.QrCode();
  private static final PairingMethod TYPED =
      new PairingMethod.PhoneCode(new PhoneNumber("15550001000"));
  private static final Duration SOON = Duration.ofSeconds(5);

  private final Bench bench = new Bench();

  @BeforeEach
  void notLinked() {
    bench.insertUnlinked();
  }

  @AfterEach
  void everyAccountEnds() throws Exception {
    bench.store.outage().end();
    bench.supervisor.shutDown();
    bench.awaitNothingRuns();
  }

  @Test
  void showsTheCodeAndLinks() throws Exception {
    bench
        .engine()
        .thenTell(QR)
        .thenTell(PAIRED)
        .thenEnd(new ConnectionEnd.Reconnect())
        .thenTell(LOGGED_IN);
    try (Subscription<PairingEvent> events = bench.instances.pair(ACCOUNT, SCANNED)) {
      assertThat(events.take(SOON)).containsInstanceOf(PairingEvent.Qr.class);
      assertThat(events.take(SOON)).contains(new PairingEvent.Paired(ACCOUNT, OWN));
    }
    bench.awaitState(InstanceState.READY, StateCause.LOGGED_IN);
    assertThat(bench.now().wanted()).isTrue();
    assertThat(bench.now().own()).isEqualTo(OWN);
    assertThat(bench.states())
        .containsExactly(InstanceState.PENDING, InstanceState.AUTHENTICATED, InstanceState.READY);
  }

  @Test
  void showsTheCodeOfNowToWhoJoins() throws Exception {
    bench.engine().thenTell(QR);
    try (Subscription<PairingEvent> first = bench.instances.pair(ACCOUNT, SCANNED)) {
      assertThat(first.take(SOON)).containsInstanceOf(PairingEvent.Qr.class);
      try (Subscription<PairingEvent> second = bench.instances.pair(ACCOUNT, SCANNED)) {
        assertThat(second.take(SOON)).containsInstanceOf(PairingEvent.Qr.class);
        assertThat(second.take(Duration.ZERO)).isEmpty();
      }
    }
  }

  @Test
  void showsTheCodeToTypeAndTellsTheEngineTheNumber() throws Exception {
    bench
        .engine()
        .then(host -> {
          assertThat(host.pairingMethod()).isEqualTo(TYPED);
          host.on(new ConnectorEvent.CodeShown("ABCD-EFGH", bench.clock.instant()));
          return Optional.empty();
        });
    try (Subscription<PairingEvent> first = bench.instances.pair(ACCOUNT, TYPED);
        Subscription<PairingEvent> joined = joined(first)) {
      assertThat(joined.take(SOON))
          .contains(new PairingEvent.Code(ACCOUNT, "ABCD-EFGH", bench.clock.instant()));
    }
    bench.awaitState(InstanceState.PENDING, StateCause.PAIRING_STARTED);
  }

  private Subscription<PairingEvent> joined(Subscription<PairingEvent> first) throws Exception {
    assertThat(first.take(SOON)).containsInstanceOf(PairingEvent.Code.class);
    return bench.instances.pair(ACCOUNT, TYPED);
  }

  @Test
  void refusesToMixMethodsAndNumbersInOnePairing() throws Exception {
    bench.engine().thenTell(QR);
    try (Subscription<PairingEvent> events = bench.instances.pair(ACCOUNT, SCANNED)) {
      assertThat(events.take(SOON)).containsInstanceOf(PairingEvent.Qr.class);
      assertThatThrownBy(() -> bench.instances.pair(ACCOUNT, TYPED))
          .isInstanceOfSatisfying(
              GatewayException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.PAIRING_UNDER_WAY));
      assertThat(events.take(Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void endsFailedWhenTheConnectionBreaks() throws Exception {
    ScriptedConnector engine =
        bench
            .engine()
            .thenTell(QR)
            .thenEnd(new ConnectionEnd.Lost(StateCause.CONNECTION_LOST, "gone"));
    try (Subscription<PairingEvent> events = bench.instances.pair(ACCOUNT, SCANNED)) {
      assertThat(events.take(SOON)).containsInstanceOf(PairingEvent.Qr.class);
      assertThat(events.take(SOON))
          .contains(new PairingEvent.Failed(ACCOUNT, StateCause.CONNECTION_LOST, "gone"));
    }
    bench.awaitNothingRuns();
    assertThat(engine.runs()).isEqualTo(1);
    assertThat(bench.now().state()).isEqualTo(InstanceState.NOT_STARTED);
    assertThat(bench.now().linked()).isFalse();
  }

  @Test
  void endsFailedWhenNobodyScans() throws Exception {
    bench.engine().thenEnd(new ConnectionEnd.NotPaired(StateCause.PAIRING_EXPIRED, ""));
    try (Subscription<PairingEvent> events = bench.instances.pair(ACCOUNT, SCANNED)) {
      assertThat(events.take(SOON))
          .contains(new PairingEvent.Failed(ACCOUNT, StateCause.PAIRING_EXPIRED, ""));
    }
  }

  @Test
  void endsFailedWhenItIsStopped() throws Exception {
    bench.engine().thenTell(QR);
    try (Subscription<PairingEvent> events = bench.instances.pair(ACCOUNT, SCANNED)) {
      assertThat(events.take(SOON)).containsInstanceOf(PairingEvent.Qr.class);
      bench.instances.stop(ACCOUNT);
      assertThat(events.take(SOON)).containsInstanceOf(PairingEvent.Failed.class);
    }
    assertThat(bench.states()).containsExactly(InstanceState.PENDING, InstanceState.NOT_STARTED);
  }

  @Test
  void doesNotTakeTheEndOfAnEarlierPairingForItsOwn() throws Exception {
    CountDownLatch ending = new CountDownLatch(1);
    bench
        .engine()
        .then(host -> {
          bench.store.outage().begin();
          ending.countDown();
          return Optional.of(new ConnectionEnd.NotPaired(StateCause.PAIRING_EXPIRED, ""));
        });
    bench.engine().thenTell(QR);
    bench.instances.pair(ACCOUNT, SCANNED).close();
    ending.await();
    Eventually.until("the end is being stored", () -> bench.store.outage().refused() > 1);
    CountDownLatch subscribed = new CountDownLatch(1);
    Thread back =
        Thread.ofVirtual()
            .start(() -> {
              try {
                subscribed.await();
                bench.store.outage().end();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    // What pair does, one step after the other: the earlier run ends in between.
    try (var events = bench.pairings.subscribe(event -> true)) {
      subscribed.countDown();
      back.join();
      bench.supervisor.start(ACCOUNT, PairingMethod.QR_CODE, events::clear);
      assertThat(events.take(SOON)).containsInstanceOf(PairingEvent.Qr.class);
    }
  }

  @Test
  void refusesToPairWhatIsLinkedAndLeavesNoSubscriber() throws Exception {
    bench.store.link(ACCOUNT, OWN);
    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(() -> bench.instances.pair(ACCOUNT, SCANNED))
          .isInstanceOfSatisfying(
              GatewayException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.INSTANCE_ALREADY_LINKED));
    }
  }

  @Test
  void settlesAtLoginPairingThatStorageCouldNotTakeIn() throws Exception {
    ScriptedConnector engine =
        bench
            .engine()
            .then(host -> {
              bench.store.outage().begin();
              host.on(PAIRED);
              return Optional.empty();
            });
    try (Subscription<PairingEvent> events = bench.instances.pair(ACCOUNT, SCANNED)) {
      Eventually.until("storage is asked", () -> bench.store.outage().refused() > 1);
      bench.store.outage().end();
      engine.thenTell(LOGGED_IN);
      assertThat(events.take(SOON)).contains(new PairingEvent.Paired(ACCOUNT, OWN));
    }
    bench.awaitState(InstanceState.READY, StateCause.LOGGED_IN);
    assertThat(bench.now().wanted()).isTrue();
  }
}
