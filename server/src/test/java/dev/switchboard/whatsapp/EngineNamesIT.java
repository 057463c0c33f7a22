package dev.switchboard.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.SendOutcome;
import dev.switchboard.interop.peer.BaileysPeer;
import dev.switchboard.interop.peer.PeerNetwork;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.sandbox.fault.Aim;
import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.sandbox.fault.Faults;
import dev.switchboard.sandbox.fault.Manner;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** People whose two names become known late, in the middle of a conversation. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class EngineNamesIT {
  private SandboxNetwork network;
  private Path folder;

  @BeforeEach
  void open(@TempDir Path folder) {
    this.folder = folder;
    network = new SandboxNetwork(folder);
  }

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void goesOnWithBaileysWhenItsHiddenIdBecomesKnown() throws Exception {
    EngineDriver alice = network.account("alice");
    Peer aliceOwn = network.link(alice);
    alice.host.merges.clear();
    String aliceNumber = aliceOwn.knownPhoneNumber().orElseThrow().digits();
    String aliceJid = aliceNumber + "@s.whatsapp.net";
    PeerNetwork reached =
        new PeerNetwork(
            network.sandbox.port(),
            HexFormat.of().formatHex(network.sandbox.noiseRootKey()),
            network.sandbox.certificate());
    try (var bob = BaileysPeer.strict(reached, "bob", folder.resolve("bob"))) {
      bob.link();
      Aim alone = Aim.at(aliceNumber);
      network.sandbox.faults().arm(Fault.LID_HIDDEN, alone, Faults.ENDLESS, Manner.USUAL);
      Peer byNumber = Peer.of(new PhoneNumber(bob.account().replaceFirst("@.*", "")));

      assertThat(alice.send(byNumber, "who are you?")).isInstanceOf(SendOutcome.Sent.class);
      bob.awaitText("who are you?");
      bob.send(aliceJid, "guess");
      Message hidden = alice.awaitMessage();
      assertThat(hidden.content()).isEqualTo(new MessageContent.Text("guess"));
      assertThat(hidden.chat()).isEqualTo(byNumber);
      assertThat(alice.host.merges).isEmpty();

      network.sandbox.faults().clear();
      bob.send(aliceJid, "it is me");
      Message named = alice.awaitMessage();
      assertThat(named.content()).isEqualTo(new MessageContent.Text("it is me"));
      assertThat(named.chat().phoneNumber()).isEqualTo(byNumber.phoneNumber());
      assertThat(named.chat().lid()).isNotNull();
      assertThat(alice.host.merges).containsExactly(named.chat());

      assertThat(alice.send(named.chat(), "of course")).isInstanceOf(SendOutcome.Sent.class);
      bob.awaitText("of course");
      bob.send(aliceJid, "and on");
      assertThat(alice.awaitMessage().content()).isEqualTo(new MessageContent.Text("and on"));
      assertThat(alice.send(Peer.of(named.chat().knownLid().orElseThrow()), "and on"))
          .isInstanceOf(SendOutcome.Sent.class);
      bob.awaitText("and on");
      assertThat(alice.host.merges).hasSize(1);
      assertThat(network.sandbox.refusals()).isEmpty();
    }
  }

  @Test
  void learnsTheNamesOfWhomItWritesToFromTheServersAnswer() throws Exception {
    EngineDriver alice = network.account("alice");
    network.link(alice);
    Peer bob = network.link(network.account("bob"));
    alice.host.merges.clear();

    alice.send(Peer.of(bob.knownPhoneNumber().orElseThrow()), "by number");

    assertThat(alice.host.merges).containsExactly(bob);
  }

  @Test
  void learnsTheNamesOfWhomItWritesToByHiddenId() throws Exception {
    EngineDriver alice = network.account("alice");
    network.link(alice);
    Peer bob = network.link(network.account("bob"));
    alice.host.merges.clear();

    alice.send(Peer.of(bob.knownLid().orElseThrow()), "by LID");

    assertThat(alice.host.merges).containsExactly(bob);
  }

  @Test
  void learnsTheNamesOfWhoWritesFromTheMessage() throws Exception {
    EngineDriver alice = network.account("alice");
    EngineDriver bob = network.account("bob");
    Peer aliceOwn = network.link(alice);
    Peer bobOwn = network.link(bob);
    alice.host.merges.clear();

    bob.send(Peer.of(aliceOwn.knownPhoneNumber().orElseThrow()), "hello");

    assertThat(alice.awaitMessage().chat()).isEqualTo(bobOwn);
    assertThat(alice.host.merges).containsExactly(bobOwn);
  }
}
