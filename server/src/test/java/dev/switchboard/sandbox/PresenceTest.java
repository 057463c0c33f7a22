package dev.switchboard.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.api.sandbox.v1.Behaviour;
import dev.switchboard.api.sandbox.v1.PersonChatState;
import dev.switchboard.api.sandbox.v1.PersonName;
import dev.switchboard.api.sandbox.v1.RestrictPersonRequest;
import dev.switchboard.api.sandbox.v1.SetPersonPresenceRequest;
import dev.switchboard.api.sandbox.v1.TypeAsPersonRequest;
import dev.switchboard.sandbox.companion.Companion;
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

class PresenceTest {
  private static final Node UNAVAILABLE = Node.of("presence", Map.of("type", "unavailable"));

  private OpenSandbox network;
  private Companion alice;
  private Jid bob;

  @BeforeEach
  void open(@TempDir Path folder) throws InvalidProtocolBufferException {
    network = OpenSandbox.in(folder);
    alice = network.link("alice");
    bob = network.person("bob", Behaviour.BEHAVIOUR_SILENT);
  }

  @AfterEach
  void close() {
    alice.close();
    network.close();
  }

  @Test
  void tellsFollowersWhoComesAndGoes() {
    alice.socket().send(Wire.presenceOf(alice));
    follow();
    assertThat(told())
        .singleElement()
        .satisfies(told -> {
          assertThat(told.attribute("type")).hasValue("unavailable");
          assertThat(told.attribute("last")).isEmpty();
        });

    appear("bob", true);
    assertThat(told())
        .singleElement()
        .satisfies(told -> {
          assertThat(told.jid("from")).hasValue(bob);
          assertThat(told.attribute("type")).isEmpty();
        });

    appear("bob", true);
    assertThat(told()).isEmpty();
    appear("bob", false);
    assertThat(told())
        .singleElement()
        .satisfies(
            told -> assertThat(Long.parseLong(told.attribute("last").orElseThrow())).isPositive());
  }

  @Test
  void tellsNothingToWhoIsNotOnlineThemselves() {
    follow();
    appear("bob", true);
    assertThat(told()).isEmpty();

    alice.socket().send(Wire.presenceOf(alice));
    alice.socket().send(UNAVAILABLE);
    appear("bob", false);
    assertThat(told()).isEmpty();
  }

  @Test
  void tellsNothingToWhoDoesNotFollow() {
    alice.socket().send(Wire.presenceOf(alice));
    appear("bob", true);
    assertThat(told()).isEmpty();
  }

  @Test
  void aPersonIsThereOnEveryDeviceUntilItsConnectionEnds() throws InvalidProtocolBufferException {
    alice.socket().send(Wire.presenceOf(alice));
    try (Companion bobs = network.link("bob")) {
      follow();
      assertThat(told()).hasSize(1);
      bobs.socket().send(Wire.presenceOf(bobs));
      assertThat(Wire.heardUntilPong(bobs)).noneMatch(node -> node.tag().equals("presence"));
      assertThat(told())
          .singleElement()
          .satisfies(told -> assertThat(told.attribute("type")).isEmpty());
    }
    assertThat(alice.await(node -> node.tag().equals("presence")).attribute("type"))
        .hasValue("unavailable");
  }

  @Test
  void whoHidesWhenTheyWereThereIsNotToldItOfOthersEither() {
    alice.socket().send(Wire.presenceOf(alice));
    follow();
    appear("bob", true);
    var _ = network.control().setPersonPresence(hiding("bob", true));
    assertThat(told().getLast().attribute("last")).hasValue("deny");

    var _ = network.control().setPersonPresence(hiding("alice", true));
    appear("bob", true);
    var _ = network.control().setPersonPresence(hiding("bob", false));
    assertThat(told().getLast().attribute("last")).hasValue("deny");
  }

  @Test
  void strangersAreToldNothingOfWhoAsksForTokens() {
    var _ =
        network
            .control()
            .restrictPerson(
                RestrictPersonRequest.newBuilder()
                    .setPerson(named("bob"))
                    .setRequiresPrivacyToken(true)
                    .build());
    alice.socket().send(Wire.presenceOf(alice));
    follow();
    appear("bob", true);
    assertThat(told()).isEmpty();
    assertThat(network.refusals(Refusal.STRANGER)).isEqualTo(1);
  }

  @Test
  void whoTypesIsOnline() {
    alice.socket().send(Wire.presenceOf(alice));
    follow();
    assertThat(told()).hasSize(1);
    var _ =
        network
            .control()
            .typeAsPerson(
                TypeAsPersonRequest.newBuilder()
                    .setPerson(named("bob"))
                    .setTo(named("alice"))
                    .setState(PersonChatState.PERSON_CHAT_STATE_RECORDING)
                    .build());
    List<Node> heard = Wire.heardUntilPong(alice);
    assertThat(heard).extracting(Node::tag).containsExactly("presence", "chatstate");
    assertThat(heard.getLast().requiredChild("composing").has("media", "audio")).isTrue();
    assertThat(heard.getLast().jid("from")).hasValue(bob);
  }

  private void follow() {
    alice.socket().send(Node.of("presence", Map.of("type", "subscribe", "to", bob.toString())));
  }

  private List<Node> told() {
    return Wire.heardUntilPong(alice).stream()
        .filter(node -> node.tag().equals("presence"))
        .toList();
  }

  private void appear(String person, boolean online) {
    // What a client said before is heard first.
    var _ = Wire.heardUntilPong(alice);
    var request =
        SetPersonPresenceRequest.newBuilder().setPerson(named(person)).setOnline(online).build();
    var _ = network.control().setPersonPresence(request);
  }

  private static SetPersonPresenceRequest hiding(String person, boolean hides) {
    return SetPersonPresenceRequest.newBuilder()
        .setPerson(named(person))
        .setHidesLastSeen(hides)
        .build();
  }

  private static PersonName named(String name) {
    return PersonName.newBuilder().setName(name).build();
  }
}
