package dev.switchboard.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.api.sandbox.v1.ArmFaultRequest;
import dev.switchboard.api.sandbox.v1.Fault;
import dev.switchboard.api.sandbox.v1.PersonName;
import dev.switchboard.sandbox.companion.Companion;
import dev.switchboard.whatsapp.signal.SignalException;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients on the wire see of faults of messages and of their acknowledgements. */
class MessageFaultsTest {
  @TempDir Path folder;
  private OpenSandbox network;
  private Companion alice;
  private Companion bob;

  @BeforeEach
  void open() throws InvalidProtocolBufferException {
    network = OpenSandbox.in(folder);
    alice = network.link("alice");
    bob = network.link("bob");
    var _ = alice.nextPeerMessage();
    var _ = alice.nextPeerMessage();
    var _ = bob.nextPeerMessage();
    var _ = bob.nextPeerMessage();
  }

  @AfterEach
  void close() {
    alice.close();
    bob.close();
    network.close();
  }

  @Test
  void deliversAMessageWhoseAcknowledgementIsLost() throws InvalidProtocolBufferException {
    arm(Fault.FAULT_ACK_LOST, "alice", 1);
    alice.socket().send(sealedForBob("M1"));
    assertThat(bob.decrypt(bob.nextMessage()).getConversation()).isEqualTo("hello");
    assertThat(acknowledgements(Wire.heardUntilPong(alice))).isEmpty();
    alice.socket().send(sealedForBob("M2"));
    assertThat(acknowledgements(Wire.heardUntilPong(alice))).containsExactly("M2");
  }

  @Test
  void acknowledgesTwice() {
    arm(Fault.FAULT_ACK_DOUBLED, "alice", 1);
    alice.socket().send(sealedForBob("M1"));
    assertThat(acknowledgements(Wire.heardUntilPong(alice))).containsExactly("M1", "M1");
  }

  @Test
  void letsLaterStanzasOvertakeALateAcknowledgement() {
    arm(
        ArmFaultRequest.newBuilder()
            .setFault(Fault.FAULT_ACK_LATE)
            .setTimes(1)
            .setDuration(Duration.newBuilder().setNanos(300_000_000))
            .build());
    alice.socket().send(sealedForBob("M1"));
    alice.socket().send(sealedForBob("M2"));
    assertThat(acknowledgements(Wire.heardUntilPong(alice))).containsExactly("M2");
    assertThat(alice.await(node -> node.tag().equals("ack")).has("id", "M1")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {463, 479, 500})
  void refusesAMessageAndDeliversItToNobody(int code) {
    arm(
        ArmFaultRequest.newBuilder()
            .setFault(Fault.FAULT_ACK_ERROR)
            .setTimes(1)
            .setCode(code)
            .setPerson(PersonName.newBuilder().setName("alice"))
            .build());
    Node ack = alice.send(sealedForBob("M1"));
    assertThat(ack.has("error", Integer.toString(code))).isTrue();
    assertThat(ack.has("id", "M1")).isTrue();
    assertThat(Wire.heardUntilPong(bob)).isEmpty();
    assertThat(network.phoneTexts("bob")).isEmpty();
    assertThat(network.sandbox().refusals()).isEmpty();
  }

  @Test
  void losesAMessageUntilTheNextLogin() throws InvalidProtocolBufferException {
    arm(Fault.FAULT_MESSAGE_LOST, "bob", 1);
    String id = network.sendAs("alice", "bob", "lost");
    assertThat(messages(Wire.heardUntilPong(bob))).isEmpty();
    bob.reconnect(network.http(), network.sandbox());
    Node message = bob.nextMessage();
    assertThat(message.has("id", id)).isTrue();
    assertThat(bob.decrypt(message).getConversation()).isEqualTo("lost");
  }

  @Test
  void bringsAMessageTwice() {
    arm(Fault.FAULT_MESSAGE_DOUBLED, "bob", 1);
    String id = network.sendAs("alice", "bob", "twice");
    assertThat(messages(Wire.heardUntilPong(bob))).containsExactly(id, id);
  }

  @Test
  void bringsMessagesInAnotherOrder() {
    arm(shuffled(8).setPerson(PersonName.newBuilder().setName("bob")).build());
    List<String> sent = sendToBob(8);
    assertThat(messages(Wire.heardUntilPong(bob)))
        .containsExactlyInAnyOrderElementsOf(sent)
        .isNotEqualTo(sent);
  }

  @Test
  void doesNotHoldMessagesBackForGoodWhenTooFewCome() {
    arm(shuffled(8).build());
    String id = sendToBob(1).getFirst();
    assertThat(bob.nextMessage().has("id", id)).isTrue();
  }

  @Test
  void changesWhatAPhoneSendsUntilItIsSentAgain() throws InvalidProtocolBufferException {
    arm(Fault.FAULT_CIPHERTEXT, "bob", 1);
    String id = network.sendAs("alice", "bob", "damaged once");
    Node damaged = bob.nextMessage();
    assertThatThrownBy(() -> bob.decrypt(damaged)).isInstanceOf(SignalException.class);
    bob.socket()
        .send(
            Node.builder("receipt")
                .attribute("id", id)
                .attribute("to", damaged.requiredAttribute("from"))
                .attribute("type", "retry")
                .child(
                    Node.of(
                        "retry",
                        Map.of(
                            "count", "1", "id", id, "t", damaged.requiredAttribute("t"), "v", "1")))
                .child(
                    Node.of("registration", bytes(bob.credentials().identity().registrationId())))
                .build());
    assertThat(bob.decrypt(bob.nextMessage()).getConversation()).isEqualTo("damaged once");
  }

  private static byte[] bytes(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }

  private static ArmFaultRequest.Builder shuffled(int batch) {
    return ArmFaultRequest.newBuilder()
        .setFault(Fault.FAULT_MESSAGES_SHUFFLED)
        .setTimes(8)
        .setBatch(batch);
  }

  private List<String> sendToBob(int count) {
    var ids = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      ids.add(network.sendAs("alice", "bob", "text " + i));
    }
    return ids;
  }

  private static List<String> acknowledgements(List<Node> heard) {
    return ids(heard, "ack");
  }

  private static List<String> messages(List<Node> heard) {
    return ids(heard, "message");
  }

  private static List<String> ids(List<Node> heard, String tag) {
    return heard.stream()
        .filter(node -> node.tag().equals(tag))
        .map(node -> node.requiredAttribute("id"))
        .toList();
  }

  private Node sealedForBob(String id) {
    Jid phone = bob.jid().withoutDevice();
    return alice
        .message(id, "hello", phone, List.of(phone, bob.jid()))
        .child(alice.deviceIdentity())
        .build();
  }

  private void arm(Fault fault, String person, int times) {
    arm(
        ArmFaultRequest.newBuilder()
            .setFault(fault)
            .setTimes(times)
            .setPerson(PersonName.newBuilder().setName(person))
            .build());
  }

  private void arm(ArmFaultRequest request) {
    var _ = network.control().armFault(request);
  }
}
