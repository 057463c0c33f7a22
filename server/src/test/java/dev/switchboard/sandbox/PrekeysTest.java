package dev.switchboard.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.sandbox.companion.Companion;
import dev.switchboard.sandbox.companion.Credentials;
import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.sandbox.network.Refusal;
import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.signal.PreKeyBundle;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrekeysTest {
  @TempDir Path folder;
  private OpenSandbox network;
  private Companion alice;
  private Companion bob;

  @BeforeEach
  void open() throws InvalidProtocolBufferException {
    network = OpenSandbox.in(folder);
    alice = network.link("alice");
    bob = network.link("bob");
  }

  @AfterEach
  void close() {
    alice.close();
    bob.close();
    network.close();
  }

  @Test
  void givesEachPrekeyAwayOnce() {
    int before = count();
    Set<Integer> given = new HashSet<>();
    for (int i = 0; i < 10; i++) {
      given.add(Objects.requireNonNull(alice.bundle(bob.jid()).oneTimeKey()).id());
    }
    assertThat(given).hasSize(10);
    assertThat(count()).isEqualTo(before - 10);
  }

  @Test
  void remindsADeviceThatRunsLowAndGivesBundlesWithoutPrekeyAtLast() {
    int left = count();
    for (int i = 0; i < left; i++) {
      assertThat(alice.bundle(bob.jid()).oneTimeKey()).isNotNull();
    }
    assertThat(alice.bundle(bob.jid()).oneTimeKey()).isNull();
    Node reminder = bob.await(node -> node.tag().equals("notification"));
    assertThat(reminder.has("type", "encrypt")).isTrue();
    assertThat(reminder.requiredChild("count").has("value", "4")).isTrue();
  }

  @Test
  void neverRunsOutOfPrekeysOfAPhone() {
    Jid phone = bob.jid().withoutDevice();
    int first = Objects.requireNonNull(alice.bundle(phone).oneTimeKey()).id();
    int second = Objects.requireNonNull(alice.bundle(phone).oneTimeKey()).id();
    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void saysThatADeviceIsUnknown() {
    Node user = Node.of("user", Map.of("jid", bob.jid().withDevice(9).toString()));
    Node answer = alice.request("encrypt", "get", Node.of("key", user));
    assertThat(answer.descendant("list", "user", "error").orElseThrow().has("code", "404"))
        .isTrue();
  }

  @Test
  void namesTheHashOfWhatItHolds() throws NoSuchAlgorithmException {
    Node digest = bob.request("encrypt", "get", Node.of("digest")).requiredChild("digest");
    Node signed = digest.requiredChild("skey");
    var expected = MessageDigest.getInstance("SHA-1");
    expected.update(digest.requiredChild("identity").bytes());
    expected.update(signed.requiredChild("value").bytes());
    expected.update(signed.requiredChild("signature").bytes());
    var prekeys = new ByteArrayOutputStream();
    int count = digest.requiredChild("list").children().size();
    for (int i = 0; i < count; i++) {
      prekeys.writeBytes(Objects.requireNonNull(alice.bundle(bob.jid()).oneTimeKey()).publicKey());
    }
    assertThat(digest.requiredChild("hash").bytes())
        .isEqualTo(expected.digest(prekeys.toByteArray()));
  }

  @Test
  void refusesASignedPrekeyThatTheIdentityDidNotSign() {
    Credentials other = Credentials.generate("mallory", new SecureRandom());
    Node rotate = Node.of("rotate", Companion.signedPreKey(other));
    Node answer = bob.request("encrypt", "set", rotate);
    assertThat(answer.requiredChild("error").has("code", "406")).isTrue();
    assertThat(network.refusals(Refusal.SIGNED_PREKEY_SIGNATURE)).isEqualTo(1);
  }

  @Test
  void givesAWrongSignatureOnRequest() {
    network.sandbox().faults().arm(Fault.SIGNED_PREKEY_SIGNATURE, 1, 0);
    assertThat(isSigned(alice.bundle(bob.jid()))).isFalse();
    assertThat(isSigned(alice.bundle(bob.jid()))).isTrue();
  }

  private int count() {
    Node answer = bob.request("encrypt", "get", Node.of("count"));
    return Integer.parseInt(answer.requiredChild("count").requiredAttribute("value"));
  }

  private static boolean isSigned(PreKeyBundle bundle) {
    byte[] message = new byte[33];
    message[0] = 5;
    System.arraycopy(bundle.signedPreKey(), 0, message, 1, 32);
    return Curve.verify(bundle.identity(), message, bundle.signature());
  }
}
