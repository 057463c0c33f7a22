package dev.switchboard.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.interop.peer.Make;
import dev.switchboard.interop.peer.Peer;
import dev.switchboard.sandbox.fault.Fault;
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
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the sandbox tampers with on demand is what strict foreign clients refuse: so its faults are
 * real, and a client of ours that refuses them too refuses the right thing.
 */
@Execution(ExecutionMode.CONCURRENT)
class ForeignClientsRefuseTamperingIT {
  private static final Duration LONG_ENOUGH_TO_ARRIVE = Duration.ofSeconds(3);

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
    "STRICT_BAILEYS, noise certificate signature invalid",
    "ZAPO, certificate signature is invalid",
  })
  void aCertificateChainWithAWrongSignature(Make make, String reason) {
    network.always(Fault.CERTIFICATE_CHAIN);

    assertThat(refusal(network.start(make))).contains(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "STRICT_BAILEYS, Failed to verify account signature",
    "ZAPO, account signature invalid",
  })
  void aWrongAccountSignature(Make make, String reason) {
    network.always(Fault.ACCOUNT_SIGNATURE);

    assertThat(refusal(network.start(make))).contains(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "BAILEYS, Invalid account signature",
    "STRICT_BAILEYS, Invalid account signature",
    "ZAPO, hmac mismatch",
  })
  void aWrongPairingHmac(Make make, String reason) {
    network.always(Fault.PAIRING_HMAC);

    assertThat(refusal(network.start(make))).contains(reason);
  }

  /**
   * zapo 0.3.0 does not check the signature of a fetched signed prekey, nor does Baileys as
   * shipped.
   */
  @Test
  void aWrongSignatureOfASignedPrekey() {
    Peer alice = network.start(Make.STRICT_BAILEYS).link();
    Peer bob = network.start(Make.STRICT_BAILEYS).link();
    network.always(Fault.SIGNED_PREKEY_SIGNATURE);

    alice.trySend(bob.account(), "to a forged key");

    assertThat(alice.await("failed").text("message")).contains("bad signature");
    assertThat(bob.textWithin(LONG_ENOUGH_TO_ARRIVE, "to a forged key")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Make.class)
  void aDamagedMessage(Make make) {
    Peer alice = network.start(Make.STRICT_BAILEYS).link();
    Peer bob = network.start(make).link();
    network.always(Fault.CIPHERTEXT);

    alice.send(bob.account(), "damaged on its way");

    assertThat(bob.textWithin(LONG_ENOUGH_TO_ARRIVE, "damaged on its way")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Make.class)
  void butAMessageThatIsDamagedOnceArrivesWhenItIsSentAgain(Make make) {
    Peer alice = network.start(Make.STRICT_BAILEYS).link();
    Peer bob = network.start(make).link();
    network.once(Fault.CIPHERTEXT);

    String id = alice.send(bob.account(), "damaged once");

    assertThat(bob.awaitText("damaged once").text("id")).isEqualTo(id);
  }

  private static String refusal(Peer peer) {
    peer.tryToLink();
    return peer.awaitRefusal();
  }
}
