package dev.switchboard.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.api.sandbox.v1.PhoneMessage;
import dev.switchboard.sandbox.companion.Companion;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages that are asked for again over connections that break at the worst moment. */
class BrokenRetriesTest {
  private static final String ID = "M1";

  @TempDir Path folder;
  private OpenSandbox network;
  private Companion alice;
  private Companion bob;
  private Jid alicesPhone;
  private Jid bobsPhone;

  @BeforeEach
  void open() throws InvalidProtocolBufferException {
    network = OpenSandbox.in(folder);
    alice = network.link("alice");
    bob = network.link("bob");
    alicesPhone = alice.jid().withoutDevice();
    bobsPhone = bob.jid().withoutDevice();
  }

  @AfterEach
  void close() {
    alice.close();
    bob.close();
    network.close();
  }

  @Test
  void keepsTheNextRequestOfAPhoneWhenTheOneBeforeItIsAcknowledged() {
    alice.send(damaged(bobsPhone));
    Node first = request();
    // Devices answer first and acknowledge then: the phone asks again in between.
    alice.send(copy(damagedPart(bobsPhone), bobsPhone, 1));
    request();
    acknowledge(alice, first, "receipt");
    Wire.heardUntilPong(alice);

    alice.reconnect(network.http(), network.sandbox());

    assertThat(waiting(alice, "receipt"))
        .singleElement()
        .satisfies(
            receipt -> assertThat(receipt.requiredChild("retry").has("count", "2")).isTrue());
  }

  @Test
  void forgetsEachRequestOfAPhoneWithItsOwnAcknowledgement() {
    alice.send(damaged(bobsPhone));
    Node first = request();
    alice.send(copy(damagedPart(bobsPhone), bobsPhone, 1));
    Node second = request();
    acknowledge(alice, first, "receipt");
    acknowledge(alice, second, "receipt");
    Wire.heardUntilPong(alice);

    alice.reconnect(network.http(), network.sandbox());

    assertThat(waiting(alice, "receipt")).isEmpty();
  }

  @Test
  void keepsTheCopyThatWasAskedForWhenTheOneBeforeItIsAcknowledgedToo()
      throws InvalidProtocolBufferException {
    String id = network.sendAs("alice", "bob", "once more");
    Node first = bob.nextMessage();
    // Both say that the first has come (measured with independent clients).
    bob.socket().send(asking(first, id));
    acknowledge(bob, first, "message");
    Wire.heardUntilPong(bob);

    bob.reconnect(network.http(), network.sandbox());
    Node copy = bob.nextMessage();
    assertThat(copy.requiredChild("enc").has("count", "1")).isTrue();
    assertThat(bob.decrypt(copy).getConversation()).isEqualTo("once more");
    bob.acknowledge(copy);
    bob.reconnect(network.http(), network.sandbox());

    assertThat(waiting(bob, "message")).isEmpty();
  }

  @Test
  void namesTheChatWhenThePhoneAsksItsOwnCompanionAndShowsTheCopyThere() {
    Node good = alice.message(ID, "sent by a companion", bobsPhone, List.of(alicesPhone)).build();
    Node part = good.descendant("participants", "to", "enc").orElseThrow();
    alice.send(damaged(alicesPhone));
    assertThat(request().jid("recipient")).hasValue(bobsPhone);

    alice.send(copy(part, alicesPhone, 1));

    List<PhoneMessage> shown = network.phoneMessages("alice");
    assertThat(shown).extracting(PhoneMessage::getText).containsExactly("sent by a companion");
    assertThat(shown.getFirst().getChatPhoneNumber()).isEqualTo("+" + bobsPhone.user());
  }

  /** A message of which nothing can be read. */
  private Node damaged(Jid device) {
    Node part = Node.of("to", Map.of("jid", device.toString()), damagedPart(device));
    return Node.builder("message")
        .attribute("id", ID)
        .attribute("to", bobsPhone)
        .child(Node.of("participants", part))
        .child(alice.deviceIdentity())
        .build();
  }

  private Node damagedPart(Jid device) {
    Node enc =
        alice
            .message(ID, "x", bobsPhone, List.of(device))
            .build()
            .descendant("participants", "to", "enc")
            .orElseThrow();
    byte[] damaged = enc.bytes();
    damaged[damaged.length - 1] ^= 1;
    return Node.of("enc", enc.attributes(), damaged);
  }

  /** The answer to a request: for one device, which is told the chat if it is an own one. */
  private Node copy(Node enc, Jid device, int count) {
    var counted = Node.builder("enc").attribute("count", count).bytes(enc.bytes());
    enc.attributes().forEach(counted::attribute);
    var message =
        Node.builder("message")
            .attribute("id", ID)
            .attribute("to", device)
            .attribute("device_fanout", "false")
            .child(counted.build())
            .child(alice.deviceIdentity());
    return device.equals(alicesPhone)
        ? message.attribute("recipient", bobsPhone).build()
        : message.build();
  }

  private Node request() {
    return alice.await(node -> node.tag().equals("receipt") && node.has("type", "retry"));
  }

  private Node asking(Node message, String id) {
    String time = message.requiredAttribute("t");
    int registration = bob.credentials().identity().registrationId();
    return Node.builder("receipt")
        .attribute("id", id)
        .attribute("to", message.requiredAttribute("from"))
        .attribute("type", "retry")
        .child(Node.of("retry", Map.of("count", "1", "id", id, "t", time, "v", "1")))
        .child(
            Node.of(
                "registration", ByteBuffer.allocate(Integer.BYTES).putInt(registration).array()))
        .build();
  }

  private static void acknowledge(Companion companion, Node stanza, String tag) {
    companion
        .socket()
        .send(
            Node.builder("ack")
                .attribute("class", tag)
                .attribute("id", stanza.requiredAttribute("id"))
                .attribute("to", stanza.requiredAttribute("from"))
                .build());
  }

  /** What a device is brought after a login, but for what only its own phone says to it. */
  private static List<Node> waiting(Companion companion, String tag) {
    return Wire.heardUntilPong(companion).stream()
        .filter(node -> node.tag().equals(tag) && !node.has("category", "peer"))
        .toList();
  }
}
