package dev.switchboard.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.OutboundMessage;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.model.message.Direction;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageStatus;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class EngineIT {
  private SandboxNetwork network;

  @BeforeEach
  void open(@TempDir Path folder) {
    network = new SandboxNetwork(folder);
  }

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void pairsLogsInAndExchangesTextsBothWays() throws Exception {
    EngineDriver alice = network.account("alice");
    EngineDriver bob = network.account("bob");
    Peer aliceOwn = network.link(alice);
    Peer bobOwn = network.link(bob);

    assertThat(alice.send(byNumber(bobOwn), "hello Bob")).isInstanceOf(SendOutcome.Sent.class);
    Message atBob = bob.awaitMessage();
    assertThat(bob.send(byNumber(aliceOwn), "hello Alice")).isInstanceOf(SendOutcome.Sent.class);
    Message atAlice = alice.awaitMessage();

    assertThat(atBob.content()).isEqualTo(new MessageContent.Text("hello Bob"));
    assertThat(atBob.chat()).isEqualTo(aliceOwn);
    assertThat(atBob.direction()).isEqualTo(Direction.INBOUND);
    assertThat(atAlice.content()).isEqualTo(new MessageContent.Text("hello Alice"));
    assertThat(atAlice.chat()).isEqualTo(bobOwn);
    assertThat(network.sandbox.refusals()).isEmpty();
  }

  @Test
  void knowsTheRecipientUnderBothNamesOnceSent() throws Exception {
    EngineDriver alice = network.account("alice");
    network.link(alice);
    Peer bob = network.link(network.account("bob"));

    SendOutcome outcome = alice.send(byNumber(bob), "who are you?");

    assertThat(outcome)
        .isInstanceOfSatisfying(
            SendOutcome.Sent.class, sent -> assertThat(sent.to()).isEqualTo(bob));
  }

  @Test
  void reachesAPeerByHiddenId() throws Exception {
    EngineDriver alice = network.account("alice");
    EngineDriver bob = network.account("bob");
    network.link(alice);
    Peer bobOwn = network.link(bob);

    Peer hidden = Peer.of(bobOwn.knownLid().orElseThrow());

    assertThat(alice.send(hidden, "psst")).isInstanceOf(SendOutcome.Sent.class);
    assertThat(bob.awaitMessage().content()).isEqualTo(new MessageContent.Text("psst"));
  }

  @Test
  void tellsThatAMessageWasDelivered() throws Exception {
    EngineDriver alice = network.account("alice");
    network.link(alice);
    EngineDriver bob = network.account("bob");
    Peer bobOwn = network.link(bob);
    OutboundMessage message = EngineDriver.text(byNumber(bobOwn), "got it?");

    alice.connector.send(message);

    var receipt = alice.host.receipts.poll(45, TimeUnit.SECONDS);
    assertThat(receipt).isNotNull();
    assertThat(receipt.status()).isEqualTo(MessageStatus.DELIVERED);
    assertThat(receipt.ids()).containsExactly(message.id());
    assertThat(receipt.chat()).isEqualTo(bobOwn);
  }

  @Test
  void storesTheAttemptBeforeItIsAcknowledged() throws Exception {
    EngineDriver alice = network.account("alice");
    network.link(alice);
    Peer bob = network.link(network.account("bob"));
    OutboundMessage message = EngineDriver.text(byNumber(bob), "first");

    alice.connector.send(message);

    assertThat(alice.host.attempts).containsExactly(message.id());
    assertThat(alice.host.records.count(RecordKind.SESSION)).isPositive();
  }

  @Test
  void resumesWithoutACodeAndGetsWhatWaited() throws Exception {
    EngineDriver alice = network.account("alice");
    EngineDriver bob = network.account("bob");
    Peer aliceOwn = network.link(alice);
    Peer bobOwn = network.link(bob);
    alice.send(byNumber(bobOwn), "before");
    bob.awaitMessage();

    alice.stop();
    assertThat(alice.awaitEnd()).isEqualTo(new ConnectionEnd.Stopped());
    assertThat(bob.send(aliceOwn, "while you were away")).isInstanceOf(SendOutcome.Sent.class);
    alice.start();
    alice.awaitLoggedIn();

    assertThat(alice.awaitMessage().content())
        .isEqualTo(new MessageContent.Text("while you were away"));
    assertThat(alice.send(bobOwn, "back")).isInstanceOf(SendOutcome.Sent.class);
    assertThat(bob.awaitMessage().content()).isEqualTo(new MessageContent.Text("back"));
  }

  @Test
  void keepsManyTextsInOrderAndLosesNone() throws Exception {
    EngineDriver alice = network.account("alice");
    EngineDriver bob = network.account("bob");
    network.link(alice);
    Peer bobOwn = network.link(bob);

    for (int number = 0; number < 100; number++) {
      alice.send(bobOwn, "number " + number);
    }

    for (int number = 0; number < 100; number++) {
      assertThat(bob.awaitMessage().content())
          .isEqualTo(new MessageContent.Text("number " + number));
    }
  }

  @Test
  void deliversAMessageThatIsSentTwiceUnderOneIdOnce() throws Exception {
    EngineDriver alice = network.account("alice");
    EngineDriver bob = network.account("bob");
    network.link(alice);
    Peer bobOwn = network.link(bob);
    OutboundMessage message = EngineDriver.text(bobOwn, "once");

    alice.connector.send(message);
    alice.connector.send(message);
    alice.send(bobOwn, "after");

    assertThat(bob.awaitMessage().content()).isEqualTo(new MessageContent.Text("once"));
    assertThat(bob.awaitMessage().content()).isEqualTo(new MessageContent.Text("after"));
  }

  @Test
  void refusesARecipientWithoutAnAccount() throws Exception {
    EngineDriver alice = network.account("alice");
    network.link(alice);

    SendOutcome outcome = alice.send(Peer.of(new PhoneNumber("4915100000000")), "anybody?");

    assertThat(outcome)
        .isInstanceOfSatisfying(
            SendOutcome.Refused.class,
            refused ->
                assertThat(refused.failure().cause())
                    .isEqualTo(FailureCause.RECIPIENT_NOT_ON_WHATSAPP));
  }

  @Test
  void endsAsRemovedWhenItUnlinksItself() throws Exception {
    EngineDriver alice = network.account("alice");
    network.link(alice);

    alice.connector.unlink();

    assertThat(alice.awaitEnd())
        .isInstanceOfSatisfying(
            ConnectionEnd.LoggedOut.class,
            end -> assertThat(end.cause()).isEqualTo(StateCause.DEVICE_REMOVED));
  }

  @Test
  void endsAsRemovedWhenItLogsInWithDeadCredentials() throws Exception {
    EngineDriver alice = network.account("alice");
    network.link(alice);
    alice.connector.unlink();
    alice.awaitEnd();

    alice.start();

    assertThat(alice.awaitEnd()).isInstanceOf(ConnectionEnd.LoggedOut.class);
  }

  @Test
  void asksForARetryWhileNotConnected() throws Exception {
    EngineDriver alice = network.account("alice");

    assertThat(alice.send(Peer.of(new PhoneNumber("15550001000")), "too early"))
        .isInstanceOf(SendOutcome.Retry.class);
    assertThatThrownBy(() -> alice.connector.unlink()).isInstanceOf(GatewayException.class);
  }

  @Test
  void endsAsLostWhenTheServerDropsTheConnection() throws Exception {
    EngineDriver alice = network.account("alice");
    network.link(alice);

    network.sandbox.disconnectAll();

    assertThat(alice.awaitEnd())
        .isInstanceOfSatisfying(
            ConnectionEnd.Lost.class,
            end -> assertThat(end.cause()).isEqualTo(StateCause.CONNECTION_LOST));
  }

  @Test
  void uploadsPrekeysAndRemovesThoseThatPeersUsed() throws Exception {
    EngineDriver alice = network.account("alice");
    EngineDriver bob = network.account("bob");
    network.link(alice);
    Peer bobOwn = network.link(bob);
    long before = bob.host.records.count(RecordKind.PREKEY);

    alice.send(bobOwn, "uses one up");
    bob.awaitMessage();

    assertThat(before).isBetween(800L, 812L);
    assertThat(bob.host.records.count(RecordKind.PREKEY)).isLessThan(before);
  }

  private static Peer byNumber(Peer peer) {
    return Peer.of(peer.knownPhoneNumber().orElseThrow());
  }
}
