package dev.switchboard.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.RecordKind;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.testing.Eventually;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Locks, tokens and the other errors of acknowledgements. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class EnginePrivacyIT {
  private static final int HOUR = 3_600;

  private SandboxNetwork network;
  private SandboxPhones phones;
  private EngineDriver alice;
  private Peer bob;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    network = new SandboxNetwork(folder);
    phones = new SandboxPhones(network.sandbox);
    alice = network.account("alice");
    phones.link(alice, "alice");
    bob = phones.link(network.account("bob"), "bob");
  }

  @AfterEach
  void close() {
    phones.close();
    network.close();
  }

  @Test
  void aLockStopsColdMessagesWithItsEndAndLetsWarmOnesFlow() throws Exception {
    Peer carol = phones.link(network.account("carol"), "carol");
    assertThat(alice.send(bob, "before the lock")).isInstanceOf(SendOutcome.Sent.class);

    Instant end = phones.restrict("alice", HOUR, false);

    assertThat(lock()).map(ReachoutLock::until).contains(end); // Told at once, before it hurts.
    assertThat(failure(alice.send(carol, "cold")))
        .isEqualTo(new Failure(FailureCause.REACHOUT_TIMELOCK, "ack error 463", end));
    assertThat(alice.send(bob, "warm")).isInstanceOf(SendOutcome.Sent.class);
    phones.restrict("alice", 0, false);
    assertThat(lastLock()).isEmpty();
    assertThat(alice.send(carol, "not locked any more")).isInstanceOf(SendOutcome.Sent.class);
  }

  @Test
  void tellsOnceThatTheEndOfALockHasCome() throws Exception {
    Instant end = phones.restrict("alice", 1, false);
    assertThat(lock()).map(ReachoutLock::until).contains(end);

    assertThat(lock()).isEmpty();

    assertThat(Instant.now()).isAfterOrEqualTo(end);
    assertThat(alice.host.reachoutLocks).isEmpty();
  }

  @Test
  void tellsAtTheNextLoginThatTheEndOfALockHasComeMeanwhile() throws Exception {
    alice.stop();
    alice.host.reachoutLock = new ReachoutLock(Instant.EPOCH, Instant.now().minusSeconds(1));
    alice.start();
    assertThat(lock()).isEmpty();
  }

  @Test
  void asksForTheEndOfALockThatItWasNotTold() throws Exception {
    Peer carol = phones.link(network.account("carol"), "carol");
    network.once(Fault.ACK_ERROR, 463);

    // The network says that there is no lock: then it is about the token.
    assertThat(failure(alice.send(carol, "cold")).cause())
        .isEqualTo(FailureCause.PRIVACY_TOKEN_MISSING);
    assertThat(lock()).isEmpty();
  }

  @Test
  void keepsTheTokenOfSomebodyWhoAsksForItAndSendsIt() throws Exception {
    phones.restrict("bob", 0, true);
    assertThat(failure(alice.send(bob, "who are you?")))
        .isEqualTo(
            new Failure(
                FailureCause.PRIVACY_TOKEN_MISSING, "ack error 463, no token of the recipient"));

    phones.send("bob", "alice", "write to me");
    alice.awaitMessage();
    Eventually.until(
        "the token is kept", () -> alice.host.records.count(RecordKind.PRIVACY_TOKEN) == 1);

    assertThat(alice.send(bob, "thank you")).isInstanceOf(SendOutcome.Sent.class);
    alice.stop();
    alice.start();
    alice.awaitLoggedIn();
    assertThat(alice.send(bob, "and again")).isInstanceOf(SendOutcome.Sent.class);
    assertThat(phones.textsOf("bob")).contains("thank you", "and again");
  }

  @Test
  void aNewDeviceLearnsTheTokensOfItsAccountFromTheHistory() throws Exception {
    phones.restrict("bob", 0, true);
    phones.send("bob", "alice", "write to me");
    alice.awaitMessage();
    Eventually.until(
        "the token is kept", () -> alice.host.records.count(RecordKind.PRIVACY_TOKEN) == 1);

    EngineDriver tablet = network.account("tablet");
    phones.link(tablet, "alice");
    Eventually.until(
        "the token is known", () -> tablet.host.records.count(RecordKind.PRIVACY_TOKEN) == 1);

    assertThat(tablet.send(bob, "from my tablet")).isInstanceOf(SendOutcome.Sent.class);
  }

  @Test
  void givesATokenToWhomItWritesSoThatTheyCanAnswer() throws Exception {
    EngineDriver dora = network.account("dora");
    Peer own = phones.link(dora, "dora");
    phones.restrict("alice", 0, true);
    Peer aliceOwn = phones.link(network.account("alice"), "alice");
    assertThat(failure(dora.send(aliceOwn, "cold")).cause())
        .isEqualTo(FailureCause.PRIVACY_TOKEN_MISSING);

    assertThat(alice.send(own, "answer me")).isInstanceOf(SendOutcome.Sent.class);
    dora.awaitMessage();
    Eventually.until(
        "the token is kept", () -> dora.host.records.count(RecordKind.PRIVACY_TOKEN) == 1);

    assertThat(dora.send(aliceOwn, "here I am")).isInstanceOf(SendOutcome.Sent.class);
  }

  @Test
  void looksAtTheDevicesAnewOnceWhenAStanzaIsRefused() throws Exception {
    var message = EngineDriver.text(bob, "refused twice");
    network.sandbox.faults().arm(Fault.ACK_ERROR, 2, 479);

    assertThat(alice.connector.send(message)).isInstanceOf(SendOutcome.Retry.class);
    assertThat(failure(alice.connector.send(message)).cause())
        .isEqualTo(FailureCause.RECIPIENT_REFUSED);

    assertThat(alice.send(bob, "goes through")).isInstanceOf(SendOutcome.Sent.class);
  }

  @Test
  void anyOtherErrorIsAFailureWithItsCode() throws Exception {
    network.once(Fault.ACK_ERROR, 421);

    assertThat(failure(alice.send(bob, "refused")))
        .isEqualTo(new Failure(FailureCause.REFUSED_BY_NETWORK, "ack error 421"));
    assertThat(failure(alice.send(Peer.of(new PhoneNumber("15559999999")), "nobody")).cause())
        .isEqualTo(FailureCause.RECIPIENT_NOT_ON_WHATSAPP);
  }

  private Optional<ReachoutLock> lock() throws InterruptedException {
    Optional<ReachoutLock> told = alice.host.reachoutLocks.poll(45, TimeUnit.SECONDS);
    assertThat(told).as("the word on a lock").isNotNull();
    return told;
  }

  private Optional<ReachoutLock> lastLock() throws InterruptedException {
    Optional<ReachoutLock> told = lock();
    while (told.isPresent()) {
      told = lock();
    }
    return told;
  }

  private static Failure failure(SendOutcome outcome) {
    assertThat(outcome).isInstanceOf(SendOutcome.Refused.class);
    return ((SendOutcome.Refused) outcome).failure();
  }
}
