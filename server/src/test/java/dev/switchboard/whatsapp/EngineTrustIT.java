package dev.switchboard.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.model.Peer;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.UndecryptableReason;
import dev.switchboard.sandbox.fault.Fault;
import java.net.URI;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class EngineTrustIT {
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
  void refusesAForgedCertificateChain() throws Exception {
    network.always(Fault.CERTIFICATE_CHAIN);
    EngineDriver alice = network.account("alice");

    alice.start();

    assertThat(alice.awaitEnd())
        .isInstanceOfSatisfying(
            ConnectionEnd.Lost.class,
            end -> assertThat(end.cause()).isEqualTo(StateCause.SERVER_NOT_TRUSTED));
  }

  @Test
  void refusesAServerOfAnotherRoot() throws Exception {
    EngineDriver alice =
        network.account(
            "alice",
            config ->
                WhatsAppConfig.of(
                    config.target().url(), WhatsAppConfig.WHATSAPP_ROOT_KEY, config.tlsTrust()));

    alice.start();

    assertThat(alice.awaitEnd())
        .isInstanceOfSatisfying(
            ConnectionEnd.Lost.class,
            end -> assertThat(end.cause()).isEqualTo(StateCause.SERVER_NOT_TRUSTED));
  }

  @Test
  void refusesATlsCertificateThatNobodyVouchesFor() throws Exception {
    EngineDriver alice =
        network.account(
            "alice",
            config ->
                WhatsAppConfig.of(
                    config.target().url(),
                    HexFormat.of().formatHex(config.noiseRootKey()),
                    Optional.empty()));

    alice.start();

    assertThat(alice.awaitEnd())
        .isInstanceOfSatisfying(
            ConnectionEnd.Lost.class,
            end -> assertThat(end.cause()).isEqualTo(StateCause.SERVER_NOT_TRUSTED));
  }

  @Test
  void refusesATlsCertificateOfAnotherHost() throws Exception {
    EngineDriver alice =
        network.account(
            "alice",
            config ->
                WhatsAppConfig.of(
                    URI.create("wss://127.0.0.2:" + network.sandbox.port() + "/ws/chat"),
                    HexFormat.of().formatHex(config.noiseRootKey()),
                    config.tlsTrust()));

    alice.start();

    assertThat(alice.awaitEnd()).isInstanceOf(ConnectionEnd.Lost.class);
  }

  @Test
  void refusesAForgedAccountSignature() throws Exception {
    refusesPairing(Fault.ACCOUNT_SIGNATURE, "signature-mismatch");
  }

  @Test
  void refusesAForgedPairingHmac() throws Exception {
    refusesPairing(Fault.PAIRING_HMAC, "hmac-mismatch");
  }

  private void refusesPairing(Fault fault, String detail) throws Exception {
    network.always(fault);
    EngineDriver alice = network.account("alice");
    alice.start();

    // 409 when the refusal reached the phone before the scan was over.
    assertThat(network.tryToScan(alice.awaitQr().text())).isIn(200, 409);

    assertThat(alice.awaitEnd())
        .isEqualTo(new ConnectionEnd.NotPaired(StateCause.PAIRING_REFUSED, detail));
    assertThat(alice.host.records.count(RecordKind.CREDENTIALS)).isZero();
  }

  @Test
  void sendsNothingUnderAForgedPrekey() throws Exception {
    EngineDriver alice = network.account("alice");
    EngineDriver bob = network.account("bob");
    network.link(alice);
    Peer bobOwn = network.link(bob);
    network.always(Fault.SIGNED_PREKEY_SIGNATURE);

    SendOutcome outcome = alice.send(bobOwn, "secret");

    assertThat(outcome)
        .isInstanceOfSatisfying(
            SendOutcome.Refused.class,
            refused ->
                assertThat(refused.failure().cause()).isEqualTo(FailureCause.KEY_NOT_TRUSTED));
    assertThat(alice.host.attempts).isEmpty();
    assertThat(bob.host.messages).isEmpty();
  }

  @Test
  void readsNothingOfADeviceThatItsAccountDoesNotVouchForUntilItDoes() throws Exception {
    EngineDriver alice = network.account("alice");
    EngineDriver bob = network.account("bob");
    network.link(alice);
    Peer bobOwn = network.link(bob);
    network.once(Fault.DEVICE_IDENTITY, 0);

    alice.send(bobOwn, "from whom?");

    assertThat(bob.awaitMessage().content())
        .isEqualTo(new MessageContent.Undecryptable(UndecryptableReason.UNPROVEN_DEVICE, 1));
    assertThat(bob.awaitMessage().content()).isEqualTo(new MessageContent.Text("from whom?"));
    assertThat(network.sandbox.refusals()).isEmpty();
  }
}
