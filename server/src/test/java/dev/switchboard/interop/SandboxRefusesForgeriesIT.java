package dev.switchboard.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.interop.peer.Make;
import dev.switchboard.interop.peer.Peer;
import dev.switchboard.sandbox.network.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The sandbox never bends to a client: what is signed or encrypted wrongly is refused and counted.
 */
@Execution(ExecutionMode.CONCURRENT)
class SandboxRefusesForgeriesIT {
  @TempDir Path folder;

  private SandboxUnderTest network;

  @BeforeEach
  void open() {
    network = new SandboxUnderTest(folder);
  }

  @AfterEach
  void close() {
    network.close();
  }

  @ParameterizedTest
  @CsvSource({
    "device-signature, DEVICE_SIGNATURE",
    "signed-prekey, SIGNED_PREKEY_SIGNATURE",
  })
  void refusesToLinkADeviceThatSignsWrongly(String forgery, Refusal refusal) {
    Peer forger = network.startForging(forgery);

    forger.tryToLink();

    assertThat(forger.awaitRefusal()).isNotEmpty();
    assertThat(network.refusals(refusal)).isPositive();
  }

  @Test
  void phonesRefuseMessagesWithAWrongMac() {
    Peer forger = network.startForging("ciphertext").link();
    Peer bob = network.start(Make.STRICT_BAILEYS).link();

    forger.send(bob.account(), "forged");

    bob.await("undecryptable");
    assertThat(network.refusals(Refusal.UNDECRYPTABLE)).isPositive();
    assertThat(bob.textWithin(Duration.ofSeconds(2), "forged")).isEmpty();
  }
}
