package dev.switchboard.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.sandbox.companion.Companion;
import dev.switchboard.sandbox.companion.Credentials;
import dev.switchboard.sandbox.companion.Pairing;
import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.sandbox.fault.Faults;
import dev.switchboard.sandbox.network.NetworkLimits;
import dev.switchboard.sandbox.network.Refusal;
import dev.switchboard.testing.Eventually;
import dev.switchboard.whatsapp.wire.noise.CertificateRefusedException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairingTest {
  private final SecureRandom random = new SecureRandom();
  private final Credentials credentials = Credentials.generate("alice", random);

  @TempDir Path folder;
  private OpenSandbox network;

  @BeforeEach
  void open() {
    network = OpenSandbox.in(folder);
  }

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void asksTheLinkedClientToConnectAgain() throws InvalidProtocolBufferException {
    try (Pairing pairing = pairing(credentials)) {
      assertThat(pairing.link().farewell())
          .hasValueSatisfying(node -> {
            assertThat(node.tag()).isEqualTo("stream:error");
            assertThat(node.attribute("code")).hasValue("515");
          });
    }
  }

  @Test
  void givesTheSameNameTheSamePhoneAndTheNextDevice() throws InvalidProtocolBufferException {
    try (Companion first = network.link("alice");
        Companion second = network.link("alice");
        Companion other = network.link("bob")) {
      assertThat(second.jid()).isEqualTo(first.jid().withDevice(2));
      assertThat(other.jid().user()).isNotEqualTo(first.jid().user());
    }
  }

  @Test
  void takesTheLinkThatNewerClientsWrite() throws InvalidProtocolBufferException {
    try (Pairing pairing = pairing(credentials)) {
      String code = pairing.code().orElseThrow();
      assertThat(pairing.scan("https://wa.me/settings/linked_devices#" + code)).isEqualTo(200);
      assertThat(pairing.finish().jid().device()).isEqualTo(1);
    }
  }

  @Test
  void refusesADeviceSignatureThatIsNone()
      throws InvalidProtocolBufferException, InterruptedException {
    try (Pairing pairing = pairing(credentials).signing(Faults::damaged)) {
      assertThat(pairing.link().farewell()).isEmpty();
    }
    assertThat(network.refusals(Refusal.DEVICE_SIGNATURE)).isEqualTo(1);
  }

  @Test
  void refusesASignedPrekeyOfSomebodyElse() {
    Credentials other = Credentials.generate("mallory", random);
    try (Pairing pairing = pairing(credentials.withSignedPreKey(other.signedPreKey()))) {
      assertThat(pairing.code()).isEmpty();
    }
    assertThat(network.refusals(Refusal.SIGNED_PREKEY_SIGNATURE)).isEqualTo(1);
  }

  @Test
  void refusesACodeWithTheKeysOfAnotherClient() {
    Credentials other = Credentials.generate("mallory", random);
    try (Pairing pairing = pairing(credentials);
        Pairing thief = pairing(other)) {
      String own = base64(credentials.noise().publicKey());
      assertThat(thief.code()).isPresent();
      String mixed = pairing.code().orElseThrow().replace(own, base64(other.noise().publicKey()));
      assertThat(pairing.scan(mixed)).isEqualTo(404);
    }
    assertThat(network.refusals(Refusal.QR_KEYS)).isEqualTo(1);
  }

  @Test
  void refusesTextsThatAreNoCodeAndCodesThatNobodyShows() {
    try (Pairing pairing = pairing(credentials)) {
      String code = pairing.code().orElseThrow();
      assertThat(pairing.scan("hello")).isEqualTo(400);
      assertThat(pairing.scan("")).isEqualTo(400);
      assertThat(pairing.scan("2@x" + code.substring(code.indexOf(',')))).isEqualTo(404);
    }
  }

  @Test
  void takesACodeOnce() throws InvalidProtocolBufferException {
    try (Pairing pairing = pairing(credentials)) {
      String code = pairing.code().orElseThrow();
      assertThat(pairing.scan(code)).isEqualTo(200);
      assertThat(pairing.scan(code)).isEqualTo(404);
      assertThat(pairing.finish().jid().device()).isEqualTo(1);
    }
  }

  @Test
  void closesWhenTheLastCodeHasRunOut(@TempDir Path other) {
    NetworkLimits usual = OpenSandbox.LIMITS;
    var hasty =
        new NetworkLimits(
            usual.accounts(),
            usual.devicesPerAccount(),
            usual.prekeysPerDevice(),
            usual.prekeysLow(),
            usual.queuedPerDevice(),
            usual.phoneMessages(),
            usual.patchesPerCollection(),
            List.of(Duration.ofMillis(300), Duration.ofMillis(200)),
            usual.firstNodeDelay(),
            usual.handshakePatience());
    try (OpenSandbox brief = OpenSandbox.in(other, hasty);
        Pairing pairing = new Pairing(brief.sandbox(), brief.http(), credentials)) {
      String code = pairing.code().orElseThrow();
      assertThat(pairing.code()).isEmpty();
      assertThat(pairing.scan(code)).isEqualTo(404);
    }
  }

  @Test
  void countsAHandshakeThatIsNone() throws InterruptedException {
    try (Pairing pairing = pairing(credentials)) {
      assertThat(pairing.code()).isPresent();
      network.sandbox().faults().arm(Fault.CERTIFICATE_CHAIN, 1, 0);
      assertThatThrownBy(() -> pairing(credentials))
          .isInstanceOf(CertificateRefusedException.class);
    }
    // The client that refuses the certificate never finishes.
    network.close();
    Eventually.until("counted", () -> network.refusals(Refusal.HANDSHAKE) == 1);
  }

  private static String base64(byte[] key) {
    return Base64.getEncoder().encodeToString(key);
  }

  private Pairing pairing(Credentials of) {
    return new Pairing(network.sandbox(), network.http(), of);
  }
}
