package dev.switchboard.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.api.sandbox.v1.Behaviour;
import dev.switchboard.sandbox.companion.Companion;
import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.sandbox.network.Refusal;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessagesTest {
  @TempDir Path folder;
  private OpenSandbox network;
  private Companion alice;
  private Companion bob;
  private Jid bobsPhone;

  @BeforeEach
  void open() throws InvalidProtocolBufferException {
    network = OpenSandbox.in(folder);
    alice = network.link("alice");
    bob = network.link("bob");
    bobsPhone = bob.jid().withoutDevice();
  }

  @AfterEach
  void close() {
    alice.close();
    bob.close();
    network.close();
  }

  @Test
  void handsATextToTheCompanionAndThePhone() throws InvalidProtocolBufferException {
    Node ack = alice.send("M1", "hello", bobsPhone, bothOfBob());
    assertThat(ack.attribute("error")).isEmpty();
    Node message = bob.nextMessage();
    assertThat(message.jid("from")).hasValue(alice.jid());
    assertThat(message.attribute("sender_lid")).isPresent();
    assertThat(bob.decrypt(message).getConversation()).isEqualTo("hello");
    assertThat(network.phoneTexts("bob")).containsExactly("hello");
  }

  @Test
  void tellsTheSenderThatPhoneAndCompanionHaveIt() throws InvalidProtocolBufferException {
    alice.send("M1", "hello", bobsPhone, bothOfBob());
    bob.acknowledge(bob.nextMessage());
    Node first = alice.await(node -> node.tag().equals("receipt"));
    Node second = alice.await(node -> node.tag().equals("receipt"));
    assertThat(List.of(first, second)).allMatch(node -> node.has("id", "M1"));
    assertThat(List.of(first.jid("from").orElseThrow(), second.jid("from").orElseThrow()))
        .containsExactlyInAnyOrder(bobsPhone, bob.jid());
  }

  @Test
  void letsAnEchoPersonAnswerAndTellsTheOwnCompanions() throws InvalidProtocolBufferException {
    Jid echo = network.person("echo", Behaviour.BEHAVIOUR_ECHO);
    alice.send("M1", "are you there?", echo, List.of(echo));
    Node answer = alice.nextMessage();
    assertThat(answer.jid("from")).hasValue(echo);
    assertThat(alice.decrypt(answer).getConversation()).isEqualTo("are you there?");
    assertThat(network.phoneTexts("echo")).containsExactly("are you there?");
  }

  @Test
  void givesOwnCompanionsACopyOfWhatThePhoneSends() throws InvalidProtocolBufferException {
    network.sendAs("alice", "bob", "typed on the phone");
    Node copy = alice.nextMessage();
    var sent = alice.decrypt(copy).getDeviceSentMessage();
    assertThat(copy.jid("recipient")).hasValue(bobsPhone);
    assertThat(sent.getDestinationJid()).isEqualTo(bobsPhone.toString());
    assertThat(sent.getMessage().getConversation()).isEqualTo("typed on the phone");
    assertThat(bob.decrypt(bob.nextMessage()).getConversation()).isEqualTo("typed on the phone");
    assertThat(network.phoneTexts("bob")).containsExactly("typed on the phone");
  }

  @Test
  void keepsOneMessageOfEachIdAndCountsTheOthers() {
    alice.send("M1", "hello", bobsPhone, bothOfBob());
    alice.send("M1", "hello", bobsPhone, bothOfBob());
    assertThat(network.phoneTexts("bob")).containsExactly("hello");
    assertThat(network.phoneMessages("bob").getFirst().getRepeatCount()).isEqualTo(1);
  }

  @Test
  void bringsAgainWhatWasNotAcknowledged() throws InvalidProtocolBufferException {
    alice.send("M1", "hello", bobsPhone, bothOfBob());
    assertThat(bob.nextMessage().attribute("offline")).isEmpty();
    bob.reconnect(network.http(), network.sandbox());
    Node again = bob.nextMessage();
    assertThat(again.attribute("offline")).isPresent();
    bob.acknowledge(again);
    bob.reconnect(network.http(), network.sandbox());
    alice.send("M2", "and more", bobsPhone, bothOfBob());
    assertThat(bob.nextMessage().attribute("id")).hasValue("M2");
  }

  @Test
  void refusesAMessageToNobody() {
    Jid nobody = Jid.ofPhoneNumber("19995550000");
    Node ack = alice.send(alice.message("M1", "x", nobody, bothOfBob()).build());
    assertThat(ack.attribute("error")).hasValue("404");
    assertThat(network.refusals(Refusal.UNKNOWN_PEER)).isEqualTo(1);
  }

  @Test
  void refusesANewSessionWithoutWhoVouchesForTheDevice() {
    Node ack = alice.send(alice.message("M1", "x", bobsPhone, bothOfBob()).build());
    assertThat(ack.attribute("error")).hasValue("479");
    assertThat(network.refusals(Refusal.MISSING_DEVICE_IDENTITY)).isEqualTo(1);
    assertThat(network.phoneTexts("bob")).isEmpty();
  }

  @Test
  void refusesTheDeviceIdentityOfAnotherDevice() {
    Node forged =
        alice.message("M1", "x", bobsPhone, bothOfBob()).child(bob.deviceIdentity()).build();
    assertThat(alice.send(forged).attribute("error")).hasValue("479");
    assertThat(network.refusals(Refusal.BAD_DEVICE_IDENTITY)).isEqualTo(1);
  }

  @Test
  void refusesParticipantsOfAnotherChat() {
    Jid carol = network.person("carol", Behaviour.BEHAVIOUR_SILENT);
    Node ack = alice.send("M1", "x", bobsPhone, List.of(carol));
    assertThat(ack.attribute("error")).hasValue("479");
    assertThat(network.refusals(Refusal.FOREIGN_PARTICIPANT)).isEqualTo(1);
  }

  @Test
  void namesItsOwnHashToASenderWhoForgotADevice() {
    Node ack = alice.send("M1", "x", bobsPhone, List.of(bobsPhone));
    assertThat(ack.attribute("error")).isEmpty();
    assertThat(ack.attribute("phash")).hasValueSatisfying(h -> assertThat(h).startsWith("2:"));
    assertThat(network.refusals(Refusal.MISSING_DEVICE)).isEqualTo(1);
  }

  @Test
  void deliversNothingOfAMalformedMessage() {
    Node broken =
        Node.builder("message")
            .attribute("id", "M1")
            .attribute("to", bobsPhone)
            .child(
                Node.of(
                    "participants",
                    Node.of("to", Map.of("jid", bob.jid().toString()), Node.of("enc"))))
            .build();
    assertThat(alice.send(broken).attribute("error")).hasValue("400");
    assertThat(network.refusals(Refusal.MALFORMED_STANZA)).isEqualTo(1);
  }

  @Test
  void asksAgainForWhatThePhoneCannotDecrypt() {
    Node message = alice.message("M1", "x", bobsPhone, List.of(bobsPhone)).build();
    Node part = message.descendant("participants", "to").orElseThrow();
    Node enc = part.requiredChild("enc");
    byte[] damaged = enc.bytes();
    damaged[damaged.length - 1] ^= 1;
    Node forged =
        Node.builder("message")
            .attribute("id", "M1")
            .attribute("to", bobsPhone)
            .child(
                Node.of(
                    "participants",
                    Node.of("to", part.attributes(), Node.of("enc", enc.attributes(), damaged))))
            .child(alice.deviceIdentity())
            .build();
    alice.send(forged);
    Node retry = alice.await(node -> node.tag().equals("receipt"));
    assertThat(retry.has("type", "retry")).isTrue();
    assertThat(retry.requiredChild("retry").has("count", "1")).isTrue();
    assertThat(network.refusals(Refusal.UNDECRYPTABLE)).isEqualTo(1);
  }

  @Test
  void changesACiphertextOnRequest() throws InvalidProtocolBufferException {
    network.sandbox().faults().arm(Fault.CIPHERTEXT, 1, 0);
    Node sent =
        alice.message("M1", "x", bobsPhone, bothOfBob()).child(alice.deviceIdentity()).build();
    alice.send(sent);
    byte[] original =
        sent.requiredChild("participants").children().stream()
            .filter(part -> part.jid("jid").orElseThrow().equals(bob.jid()))
            .findFirst()
            .orElseThrow()
            .requiredChild("enc")
            .bytes();
    assertThat(bob.nextMessage().requiredChild("enc").bytes()).isNotEqualTo(original);
  }

  private List<Jid> bothOfBob() {
    return List.of(bobsPhone, bob.jid());
  }
}
