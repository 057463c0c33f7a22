package dev.switchboard.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.SendOutcome;
import dev.switchboard.connector.capability.TypingIndicator;
import dev.switchboard.model.Peer;
import dev.switchboard.model.contact.PresenceWish;
import dev.switchboard.testing.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class EngineTypingIT {
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
  void isOnlineAndSeenTypingUntilTheTextLeaves() throws Exception {
    EngineDriver alice = network.account("alice");
    Peer aliceOwn = network.link(alice);
    Peer bob = network.link(online("bob"));
    try (SandboxPhones phones = new SandboxPhones(network.sandbox)) {
      awaitOnline(phones, bob);
      ((TypingIndicator) alice.connector).typing(bob, Duration.ofMinutes(1));
      Eventually.until("Bob sees it", () -> phones.chatStatesTold().contains("composing"));
      assertThat(phones.presencesOf(aliceOwn)).endsWith("available");
      assertThat(alice.send(bob, "hello")).isInstanceOf(SendOutcome.Sent.class);

      Eventually.until(
          "she is offline", () -> phones.presencesOf(aliceOwn).getLast().equals("unavailable"));
      assertThat(phones.chatStatesTold()).containsExactly("composing");
    }
    assertThat(network.sandbox.refusals()).isEmpty();
  }

  private static void awaitOnline(SandboxPhones phones, Peer person) throws InterruptedException {
    Eventually.until("online", () -> phones.presencesOf(person).contains("available"));
  }

  /** Nobody else is told who types. */
  private EngineDriver online(String name) {
    EngineDriver driver = network.account(name);
    driver.host.presenceWish = () -> PresenceWish.NONE.withOnline(true);
    return driver;
  }

  @Test
  void saysThatNobodyTypesWhenNothingLeaves() throws Exception {
    EngineDriver alice = network.account("alice");
    network.link(alice);
    Peer bob = network.link(online("bob"));
    try (SandboxPhones phones = new SandboxPhones(network.sandbox)) {
      awaitOnline(phones, bob);
      ((TypingIndicator) alice.connector).typing(bob, Duration.ZERO);
      Eventually.until(
          "Bob sees the end of it",
          () -> phones.chatStatesTold().equals(List.of("composing", "paused")));
    }
    assertThat(network.sandbox.refusals()).isEmpty();
  }
}
