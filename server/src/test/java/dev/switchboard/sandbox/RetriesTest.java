package dev.switchboard.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.sandbox.companion.Companion;
import dev.switchboard.sandbox.companion.Credentials;
import dev.switchboard.sandbox.network.Refusal;
import dev.switchboard.whatsapp.signal.SignedPreKey;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests for messages that a companion could not read, right and wrong ones. */
class RetriesTest {
  private static final int MOST_ANSWERS = 10;

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
  void aPhoneSendsAgainWhatACompanionCouldNotRead() throws InvalidProtocolBufferException {
    Node first = fromPhone();

    ask(first, attributes(first, 1), registration(bob));

    Node second = bob.nextMessage();
    assertThat(second.attribute("id")).isEqualTo(first.attribute("id"));
    assertThat(second.requiredChild("enc").has("count", "1")).isTrue();
    assertThat(bob.decrypt(second).getConversation()).isEqualTo("once more");
    assertThat(network.sandbox().refusals()).isEmpty();
  }

  @Test
  void aPhoneBeginsASessionWithTheKeysThatComeWithTheRequest()
      throws InvalidProtocolBufferException {
    Node first = fromPhone();

    ask(first, attributes(first, 2), registration(bob), keys(bob));

    Node second = bob.nextMessage();
    assertThat(second.requiredChild("enc").has("type", "pkmsg")).isTrue();
    assertThat(bob.decrypt(second).getConversation()).isEqualTo("once more");
    assertThat(network.sandbox().refusals()).isEmpty();
  }

  @Test
  void aPhoneStopsAtItsOwnCountWhateverTheDeviceSaysOfIts() {
    Node first = fromPhone();

    for (int request = 0; request < MOST_ANSWERS; request++) {
      ask(first, attributes(first, 1), registration(bob));
      assertThat(bob.nextMessage().attribute("id")).isEqualTo(first.attribute("id"));
    }
    ask(first, attributes(first, 1), registration(bob));

    assertRefused(Refusal.TOO_MANY_RETRIES);
  }

  @Test
  void aRequestToACompanionReachesThatOneAlone() {
    Node message = fromCompanion();

    ask(message, attributes(message, 1), registration(bob));

    Node request = alice.await(node -> node.has("type", "retry"));
    assertThat(request.jid("from")).hasValue(bob.jid());
    assertThat(network.sandbox().refusals()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "count, ",
    "count, 0",
    "count, many",
    "count, 100",
    "id, ANOTHER",
    "id, ",
    "t, ",
    "t, noon",
    "v, 2",
    "v, "
  })
  void aRequestOfTheWrongShapeReachesNobody(String attribute, String value) {
    Node message = fromCompanion();
    Map<String, String> attributes = attributes(message, 1);
    attributes.remove(attribute);
    if (value != null) {
      attributes.put(attribute, value);
    }

    ask(message, attributes, registration(bob));

    assertRefused(Refusal.MALFORMED_RETRY);
  }

  @Test
  void aSecondRequestWithoutKeysReachesNobody() {
    Node message = fromCompanion();

    ask(message, attributes(message, 2), registration(bob));

    assertRefused(Refusal.MALFORMED_RETRY);
  }

  @ParameterizedTest
  @CsvSource({"type", "identity", "skey", "device-identity"})
  void keysOfWhichSomethingIsMissingReachNobody(String part) {
    Node message = fromCompanion();
    List<Node> parts =
        keys(bob).children().stream().filter(child -> !child.tag().equals(part)).toList();

    ask(message, attributes(message, 2), registration(bob), Node.of("keys", parts));

    assertRefused(Refusal.MALFORMED_RETRY);
  }

  @Test
  void aRequestWithoutRegistrationReachesNobody() {
    Node message = fromCompanion();

    ask(message, attributes(message, 1));

    assertRefused(Refusal.MALFORMED_RETRY);
  }

  @Test
  void aRequestWithTheRegistrationOfAnotherDeviceReachesNobody() {
    Node message = fromCompanion();

    ask(message, attributes(message, 1), registration(alice));

    assertRefused(Refusal.RETRY_KEYS);
  }

  @Test
  void aRequestWithTheKeysOfAnotherDeviceReachesNobody() {
    Node message = fromCompanion();

    ask(message, attributes(message, 2), registration(bob), keys(alice));

    assertRefused(Refusal.RETRY_KEYS);
  }

  @Test
  void aSignedPrekeyThatTheDeviceDidNotSignReachesNobody() {
    Node message = fromCompanion();
    Credentials forged =
        bob.credentials()
            .withSignedPreKey(
                SignedPreKey.generate(alice.credentials().identity(), 7, new SecureRandom()));

    ask(message, attributes(message, 2), registration(bob), keys(forged, bob.deviceIdentity()));

    assertRefused(Refusal.SIGNED_PREKEY_SIGNATURE);
  }

  @Test
  void keysThatTheAccountDoesNotVouchForReachNobody() {
    Node message = fromCompanion();

    ask(
        message,
        attributes(message, 2),
        registration(bob),
        keys(bob.credentials(), alice.deviceIdentity()));

    assertRefused(Refusal.BAD_DEVICE_IDENTITY);
  }

  @Test
  void aRequestForAMessageThatNeverCameReachesNobody() {
    Node message = fromCompanion();
    Node other =
        Node.builder("message")
            .attribute("id", "NEVER")
            .attribute("from", message.requiredAttribute("from"))
            .attribute("t", message.requiredAttribute("t"))
            .build();

    ask(other, attributes(other, 1), registration(bob));

    assertRefused(Refusal.UNKNOWN_RETRY);
  }

  @Test
  void aRequestToAnotherDeviceThanTheSenderReachesNobody() {
    Node fromPhone = fromPhone();
    Node elsewhere =
        Node.builder("message")
            .attribute("id", fromPhone.requiredAttribute("id"))
            .attribute("from", alice.jid())
            .attribute("t", fromPhone.requiredAttribute("t"))
            .build();

    ask(elsewhere, attributes(elsewhere, 1), registration(bob));

    assertRefused(Refusal.UNKNOWN_RETRY);
  }

  private Node fromPhone() {
    network.sendAs("alice", "bob", "once more");
    return bob.nextMessage();
  }

  private Node fromCompanion() {
    Jid phone = bob.jid().withoutDevice();
    List<Jid> devices = List.of(phone, bob.jid(), alice.jid().withoutDevice());
    assertThat(alice.send("M1", "hello", phone, devices).attribute("error")).isEmpty();
    return bob.nextMessage();
  }

  private void assertRefused(Refusal kind) {
    assertThat(network.refusals(kind)).isEqualTo(1);
    assertThat(Wire.heardUntilPong(alice)).noneMatch(node -> node.has("type", "retry"));
    assertThat(Wire.heardUntilPong(bob)).noneMatch(RetriesTest::isMessage);
  }

  private void ask(Node message, Map<String, String> attributes, Node... parts) {
    var receipt =
        Node.builder("receipt")
            .attribute("id", message.requiredAttribute("id"))
            .attribute("to", message.requiredAttribute("from"))
            .attribute("type", "retry")
            .child(Node.of("retry", attributes));
    List.of(parts).forEach(receipt::child);
    bob.socket().send(receipt.build());
    bob.await(node -> node.tag().equals("ack") && node.has("class", "receipt"));
  }

  private static Map<String, String> attributes(Node message, int count) {
    Map<String, String> attributes = new HashMap<>();
    attributes.put("count", Integer.toString(count));
    attributes.put("id", message.requiredAttribute("id"));
    attributes.put("t", message.requiredAttribute("t"));
    attributes.put("v", "1");
    return attributes;
  }

  private static Node registration(Companion of) {
    int id = of.credentials().identity().registrationId();
    return Node.of("registration", ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
  }

  private static Node keys(Companion of) {
    return keys(of.credentials(), of.deviceIdentity());
  }

  private static Node keys(Credentials of, Node deviceIdentity) {
    List<Node> parts = new ArrayList<>();
    parts.add(Node.of("type", new byte[] {5}));
    parts.add(Node.of("identity", of.identity().keyPair().publicKey()));
    parts.add(Companion.signedPreKey(of));
    parts.add(deviceIdentity);
    return Node.of("keys", parts);
  }

  private static boolean isMessage(Node node) {
    return node.tag().equals("message");
  }
}
