package dev.switchboard.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.ConnectorEvent;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.model.Peer;
import dev.switchboard.model.instance.ConnectionHealth;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.sandbox.fault.Aim;
import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.sandbox.fault.Faults;
import dev.switchboard.sandbox.fault.Manner;
import dev.switchboard.testing.Eventually;
import dev.switchboard.whatsapp.health.HealthLimits;
import dev.switchboard.whatsapp.health.ProbeLimits;
import dev.switchboard.whatsapp.outbound.SendLimits;
import dev.switchboard.whatsapp.session.SessionLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that look open and do not work. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class EngineLivenessIT {
  /** Seconds, so that a sandbox on a busy machine is not taken for one that is silent. */
  private static final SessionLimits IMPATIENT =
      new SessionLimits(
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofMillis(300),
          Duration.ofMillis(400),
          Duration.ofSeconds(4),
          256 * 1024,
          256,
          4096,
          new HealthLimits(
              Duration.ofSeconds(3),
              Duration.ofSeconds(4),
              Duration.ofSeconds(4),
              1,
              Duration.ofHours(1)));

  /** The same, and soon in doubt whether messages come. */
  private static final SessionLimits CURIOUS =
      IMPATIENT.with(
          IMPATIENT.deadLinkTimeout(),
          IMPATIENT.health().with(new ProbeLimits(Duration.ofMillis(200), Duration.ofMillis(200))));

  private static final SendLimits QUICK =
      new SendLimits(Duration.ofSeconds(3), Duration.ofHours(1), Duration.ofSeconds(1));

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
  @EnumSource(
      value = Fault.class,
      names = {"HALF_OPEN", "SILENT"})
  void givesUpALinkOnWhichNothingComesAnyMore(Fault fault) throws Exception {
    // Late answers to pings, on a busy machine, must not be the first evidence.
    SessionLimits silenceOnly = IMPATIENT.with(IMPATIENT.deadLinkTimeout(), patient().health());
    EngineDriver alice = network.account("alice", config -> config.withSession(silenceOnly));
    network.link(alice);
    awaitCalm(alice); // Or it would end a request of the login, which is told otherwise.

    network.once(fault, 0);

    assertThat(alice.awaitEnd())
        .isInstanceOfSatisfying(
            ConnectionEnd.Lost.class,
            end -> assertThat(end.cause()).isEqualTo(StateCause.SERVER_SILENT));
  }

  @Test
  void seesAMuteServerAndTriesOneOtherConnection() throws Exception {
    EngineDriver alice =
        network.account("alice", config -> config.withSession(IMPATIENT).withSending(QUICK));
    Peer own = network.link(alice);
    Peer bob = network.link(network.account("bob"));
    assertThat(alice.send(bob, "heard")).isInstanceOf(SendOutcome.Sent.class);
    Aim aim = Aim.at(own.knownPhoneNumber().orElseThrow().digits());
    network.sandbox.faults().arm(Fault.MUTE, aim, Faults.ENDLESS, Manner.USUAL);

    assertThat(alice.send(bob, "not heard")).isInstanceOf(SendOutcome.Unknown.class);

    assertThat(alice.awaitDegraded()).isEqualTo(StateCause.MESSAGES_UNACKNOWLEDGED);
    assertThat(alice.connector.health().orElseThrow().unacknowledgedSince()).isNotNull();
    assertThat(alice.awaitEnd())
        .isInstanceOfSatisfying(
            ConnectionEnd.Lost.class,
            end -> assertThat(end.cause()).isEqualTo(StateCause.MESSAGES_UNACKNOWLEDGED));
  }

  @Test
  void seesAMuteServerWhereNobodyWritesAnything() throws Exception {
    EngineDriver alice = network.account("alice", config -> config.withSession(CURIOUS));
    Peer own = network.link(alice);
    awaitCalm(alice);
    Aim aim = Aim.at(own.knownPhoneNumber().orElseThrow().digits());
    network.sandbox.faults().arm(Fault.MUTE, aim, Faults.ENDLESS, Manner.USUAL);
    assertThat(alice.awaitDegraded()).isEqualTo(StateCause.MESSAGES_UNACKNOWLEDGED);
    assertThat(alice.awaitEnd())
        .isInstanceOfSatisfying(
            ConnectionEnd.Lost.class,
            end -> assertThat(end.cause()).isEqualTo(StateCause.MESSAGES_UNACKNOWLEDGED));
    assertThat(alice.host.attempts).isEmpty();
  }

  @Test
  void probesOfAQuietWayAreAnsweredAndSeenByNobody() throws Exception {
    EngineDriver alice = network.account("alice", config -> config.withSession(CURIOUS));
    network.link(alice);
    awaitCalm(alice);
    try (SandboxPhones phones = new SandboxPhones(network.sandbox)) {
      long before = phones.messagesTaken();
      Eventually.until("it was probed", () -> phones.messagesTaken() >= before + 2);
    }
    assertThat(alice.host.messages).isEmpty();
    assertThat(alice.host.events).noneMatch(ConnectorEvent.Degraded.class::isInstance);
    assertThat(alice.ends).isEmpty();
  }

  /** Nothing of the login is under way any more: it serves, and was answered since. */
  private static void awaitCalm(EngineDriver driver) throws InterruptedException {
    Eventually.until(
        "the phone shared a key", () -> driver.host.records.count(RecordKind.APP_STATE_KEY) > 0);
    Instant since = Instant.now();
    Eventually.until(
        "it serves",
        () ->
            driver
                .connector
                .health()
                .map(ConnectionHealth::lastAnswer)
                .filter(since::isBefore)
                .isPresent());
  }

  @Test
  void recoversWithTheFirstAcknowledgement() throws Exception {
    EngineDriver alice =
        network.account("alice", config -> config.withSession(patient()).withSending(QUICK));
    network.link(alice);
    Peer bob = network.link(network.account("bob"));
    assertThat(alice.send(bob, "heard")).isInstanceOf(SendOutcome.Sent.class);
    network.once(Fault.ACK_LOST, 0);
    assertThat(alice.send(bob, "not known")).isInstanceOf(SendOutcome.Unknown.class);
    assertThat(alice.awaitDegraded()).isEqualTo(StateCause.MESSAGES_UNACKNOWLEDGED);

    assertThat(alice.send(bob, "heard again")).isInstanceOf(SendOutcome.Sent.class);

    Eventually.until(
        "it is well", () -> alice.host.events.contains(new ConnectorEvent.Recovered()));
    assertThat(alice.connector.health().orElseThrow().unacknowledgedSince()).isNull();
    assertThat(alice.connector.health().orElseThrow().roundTrip()).isPositive();
    assertThat(alice.ends).isEmpty();
  }

  /** Ill after the same time, and left alone then. */
  private static SessionLimits patient() {
    return IMPATIENT.with(
        Duration.ofSeconds(20),
        new HealthLimits(
            Duration.ofSeconds(20),
            Duration.ofSeconds(2),
            Duration.ofSeconds(20),
            1,
            Duration.ofHours(1)));
  }
}
