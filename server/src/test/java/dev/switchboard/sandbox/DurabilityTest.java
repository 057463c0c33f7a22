package dev.switchboard.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.sandbox.companion.Companion;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurabilityTest {
  @TempDir Path folder;

  /** The files as a killed process leaves them: copied while it still runs. */
  private Path asKilled(String name) throws IOException {
    Path copy = Files.createDirectory(folder.resolve(name));
    try (var files = Files.list(folder.resolve("network"))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }

  @Test
  void knowsEverythingAgainThatItSaidBeforeItWasKilled()
      throws IOException, InvalidProtocolBufferException {
    try (OpenSandbox network = OpenSandbox.in(folder.resolve("network"));
        Companion alice = network.link("alice");
        Companion bob = network.link("bob")) {
      Jid phone = bob.jid().withoutDevice();
      List<Jid> devices = List.of(phone, bob.jid());
      alice.send("M1", "before", phone, devices);
      assertThat(bob.decrypt(bob.nextMessage()).getConversation()).isEqualTo("before");
      try (OpenSandbox again = OpenSandbox.in(asKilled("killed"))) {
        assertThat(again.sandbox().noiseRootKey()).isEqualTo(network.sandbox().noiseRootKey());
        assertThat(again.phoneTexts("bob")).containsExactly("before");
        alice.reconnect(again.http(), again.sandbox());
        bob.reconnect(again.http(), again.sandbox());
        // What bob never acknowledged comes again, and the sessions go on.
        Node waiting = bob.nextMessage();
        assertThat(waiting.attribute("id")).hasValue("M1");
        bob.acknowledge(waiting);
        alice.send("M2", "after", phone, devices);
        assertThat(bob.decrypt(bob.nextMessage()).getConversation()).isEqualTo("after");
        assertThat(again.phoneTexts("bob")).containsExactly("before", "after");
        again.sendAs("bob", "alice", "and back");
        assertThat(alice.decrypt(alice.nextMessage()).getConversation()).isEqualTo("and back");
      }
    }
  }

  @Test
  void hasEachMessageOnDiskWhenItsAcknowledgementArrives()
      throws IOException, InvalidProtocolBufferException {
    try (OpenSandbox network = OpenSandbox.in(folder.resolve("network"));
        Companion alice = network.link("alice");
        Companion bob = network.link("bob")) {
      Jid phone = bob.jid().withoutDevice();
      for (int i = 1; i <= 5; i++) {
        alice.send("M" + i, "text " + i, phone, List.of(phone, bob.jid()));
        try (OpenSandbox again = OpenSandbox.in(asKilled("killed" + i))) {
          assertThat(again.phoneTexts("bob")).hasSize(i);
        }
      }
    }
  }

  @SuppressWarnings("try") // One of the two goes away in the middle.
  @Test
  void dropsTheOldestStanzaAtTheBoundOfAQueue() throws InvalidProtocolBufferException {
    try (OpenSandbox network = OpenSandbox.in(folder.resolve("network"), OpenSandbox.limits(4, 3));
        Companion alice = network.link("alice");
        Companion bob = network.link("bob")) {
      bob.nextPeerMessage();
      bob.nextPeerMessage();
      Jid phone = bob.jid().withoutDevice();
      bob.socket().close();
      for (int i = 1; i <= 6; i++) {
        alice.send("M" + i, "text " + i, phone, List.of(phone, bob.jid()));
      }
      bob.reconnect(network.http(), network.sandbox());
      assertThat(bob.nextMessage().attribute("id")).hasValue("M3");
      assertThat(network.phoneTexts("bob")).containsExactly("text 4", "text 5", "text 6");
    }
  }

  @Test
  void refusesADirectoryThatAnotherSandboxUses() {
    try (OpenSandbox network = OpenSandbox.in(folder.resolve("network"))) {
      assertThat(network.sandbox().port()).isPositive();
      assertThatThrownBy(() -> OpenSandbox.in(folder.resolve("network")))
          .isInstanceOf(SandboxException.class);
    }
  }

  @Test
  void refusesAPortInUse() {
    try (OpenSandbox network = OpenSandbox.in(folder.resolve("network"))) {
      var other = SandboxConfig.in(folder.resolve("other")).withPorts(network.sandbox().port(), 0);
      assertThatThrownBy(() -> Sandbox.open(other)).isInstanceOf(SandboxException.class);
    }
  }
}
