package dev.switchboard.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.whatsapp.health.HealthLimits;
import dev.switchboard.whatsapp.outbound.SendLimits;
import dev.switchboard.whatsapp.pairing.PairingLimits;
import dev.switchboard.whatsapp.session.SessionLimits;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class EngineEndingsIT {
  private static final Duration SILENCE = Duration.ofSeconds(3);

  /** Seconds, so that a sandbox on a busy machine is not taken for one that is silent. */
  private static final SessionLimits IMPATIENT =
      new SessionLimits(
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofMillis(300),
          Duration.ofMillis(400),
          SILENCE,
          256 * 1024,
          256,
          4096,
          new HealthLimits(
              Duration.ofSeconds(20),
              Duration.ofSeconds(20),
              Duration.ofSeconds(20),
              1,
              Duration.ofHours(1)));

  private SandboxNetwork network;

  @BeforeEach
  void open(@TempDir Path folder) {
    network = new SandboxNetwork(folder);
  }

  @AfterEach
  void close() {
    network.close();
  }

  @ParameterizedTest
  @CsvSource({
    "400, Refused, REFUSED",
    "401, LoggedOut, DEVICE_REMOVED",
    "402, Refused, TEMPORARILY_BANNED",
    "403, Refused, ACCOUNT_LOCKED",
    "405, Refused, CLIENT_OUTDATED",
    "406, Refused, BANNED",
    "409, Refused, REFUSED",
    "500, Lost, SERVICE_UNAVAILABLE",
    "503, Lost, SERVICE_UNAVAILABLE"
  })
  void knowsWhatAFailureMeans(int code, String end, StateCause cause) throws Exception {
    EngineDriver alice = network.account("alice");
    network.link(alice);
    alice.stop();
    alice.awaitEnd();
    network.once(Fault.LOGIN_FAILURE, code);

    alice.start();

    ConnectionEnd ended = alice.awaitEnd();
    assertThat(ended.getClass().getSimpleName()).isEqualTo(end);
    assertThat(ended.toString()).contains(cause.name());
  }

  @ParameterizedTest
  @CsvSource({
    "401, LoggedOut, DEVICE_REMOVED",
    "500, Lost, SERVICE_UNAVAILABLE",
    "503, Lost, SERVICE_UNAVAILABLE"
  })
  void knowsWhatAStreamErrorMeans(int code, String end, StateCause cause) throws Exception {
    EngineDriver alice = network.account("alice");
    network.link(alice);
    alice.stop();
    alice.awaitEnd();
    network.once(Fault.STREAM_ERROR, code);
    alice.start();
    ConnectionEnd ended = alice.awaitEnd();
    assertThat(ended.getClass().getSimpleName()).isEqualTo(end);
    assertThat(ended.toString()).contains(cause.name());
  }

  @Test
  void comesBackAtOnceAfter515() throws Exception {
    EngineDriver alice = network.account("alice");
    network.link(alice);
    alice.stop();
    alice.awaitEnd();
    network.once(Fault.STREAM_ERROR, 515);

    alice.start();
    alice.awaitLoggedIn();

    assertThat(alice.ends).isEmpty();
  }

  @Test
  void endsAsReplacedWhenTheSameDeviceConnectsAgain() throws Exception {
    EngineDriver alice = network.account("alice");
    network.link(alice);
    EngineDriver twin = network.account("alice");
    twin.host.records.copyFrom(alice.host.records);

    twin.start();
    twin.awaitLoggedIn();

    assertThat(alice.awaitEnd())
        .isInstanceOfSatisfying(
            ConnectionEnd.Refused.class,
            end -> assertThat(end.cause()).isEqualTo(StateCause.REPLACED));
  }

  @Test
  void noticesAServerThatFellSilent() throws Exception {
    EngineDriver linker = network.account("alice");
    network.link(linker);
    linker.stop();
    try (StallingProxy proxy = new StallingProxy(network.sandbox.port());
        EngineDriver alice =
            new EngineDriver(
                "alice", network.config(proxy.port()).withSession(IMPATIENT), network.loops)) {
      alice.host.records.copyFrom(linker.host.records);
      alice.start();
      alice.awaitLoggedIn();

      proxy.stall();

      assertThat(alice.awaitEnd())
          .isInstanceOfSatisfying(
              ConnectionEnd.Lost.class,
              end -> assertThat(end.cause()).isEqualTo(StateCause.SERVER_SILENT));
    }
  }

  @Test
  void staysConnectedOnPingsAlone() throws Exception {
    EngineDriver alice = network.account("alice", config -> config.withSession(IMPATIENT));
    network.link(alice);

    assertThat(alice.ends.poll(SILENCE.toMillis() + 1_000, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void doesNotKnowTheOutcomeWithoutAnAck() throws Exception {
    EngineDriver linker = network.account("alice");
    network.link(linker);
    Peer bob = network.link(network.account("bob"));
    linker.send(bob, "so that devices and sessions are known");
    linker.stop();
    try (StallingProxy proxy = new StallingProxy(network.sandbox.port());
        EngineDriver alice =
            new EngineDriver(
                "alice",
                network
                    .config(proxy.port())
                    .withSending(
                        new SendLimits(
                            Duration.ofMillis(300), Duration.ofHours(1), Duration.ofSeconds(1))),
                network.loops)) {
      alice.host.records.copyFrom(linker.host.records);
      alice.start();
      alice.awaitLoggedIn();

      proxy.stall();

      assertThat(alice.send(bob, "into the void")).isInstanceOf(SendOutcome.Unknown.class);
      assertThat(alice.host.attempts).hasSize(1);
    }
  }

  @Test
  void endsWhenNobodyScans() throws Exception {
    PairingLimits quick =
        new PairingLimits(
            Duration.ofMillis(50),
            Duration.ofMillis(50),
            Duration.ofMillis(50),
            1,
            Duration.ofSeconds(5));
    EngineDriver alice = network.account("alice", config -> config.withPairing(quick));

    alice.start();

    assertThat(alice.awaitEnd())
        .isInstanceOfSatisfying(
            ConnectionEnd.NotPaired.class,
            end -> assertThat(end.cause()).isEqualTo(StateCause.PAIRING_EXPIRED));
    assertThat(alice.host.events).hasSize(6);
  }

  @Test
  void endsAsLostWhenNobodyListens() throws Exception {
    int port = network.sandbox.port();
    network.sandbox.close();
    EngineDriver alice = new EngineDriver("alice", network.config(port), network.loops);

    alice.start();

    assertThat(alice.awaitEnd())
        .isInstanceOfSatisfying(
            ConnectionEnd.Lost.class,
            end -> assertThat(end.cause()).isEqualTo(StateCause.CONNECTION_LOST));
  }

  @Test
  void stopsWhilePairing() throws Exception {
    EngineDriver alice = network.account("alice");
    alice.start();
    alice.awaitQr();

    alice.stop();

    assertThat(alice.awaitEnd()).isEqualTo(new ConnectionEnd.Stopped());
    assertThat(alice.send(Peer.of(new PhoneNumber("15550001000")), "x"))
        .isInstanceOf(SendOutcome.Retry.class);
  }

  @Test
  void stopsWhileTheDialHangs() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
      EngineDriver alice =
          new EngineDriver("alice", network.config(mute.getLocalPort()), network.loops);
      alice.start();
      try (Socket dialled = mute.accept()) {
        assertThat(dialled.getInputStream().read()).isNotNegative(); // It waits for an answer.
        alice.connector.stop();
        assertThat(alice.ends.poll(45, TimeUnit.SECONDS)).isEqualTo(new ConnectionEnd.Stopped());
        assertThat(dialled.getInputStream().readAllBytes()).isNotNull(); // And hung up.
      }
    }
  }
}
