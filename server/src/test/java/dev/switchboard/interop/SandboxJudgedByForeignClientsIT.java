package dev.switchboard.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.api.sandbox.v1.Behaviour;
import dev.switchboard.api.sandbox.v1.Person;
import dev.switchboard.api.sandbox.v1.PersonChatState;
import dev.switchboard.interop.peer.BaileysPeer;
import dev.switchboard.interop.peer.Make;
import dev.switchboard.interop.peer.Peer;
import dev.switchboard.interop.peer.PeerEvent;
import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.sandbox.network.Refusal;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Two clients that nobody here wrote talk to each other through the sandbox. */
@Execution(ExecutionMode.CONCURRENT)
class SandboxJudgedByForeignClientsIT {
  private static final String GREETING = "Grüße, 世界 👋\nsecond line";

  private static final int LARGEST_TEXT = 65_536;

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
    "BAILEYS, BAILEYS",
    "STRICT_BAILEYS, STRICT_BAILEYS",
    "ZAPO, ZAPO",
    "STRICT_BAILEYS, ZAPO",
    "ZAPO, BAILEYS"
  })
  void carriesTextsAndReceiptsBothWays(Make first, Make second) {
    Peer alice = network.start(first).link();
    Peer bob = network.start(second).link();

    exchange(alice, bob, GREETING);
    exchange(bob, alice, "and back");
    exchange(alice, bob, "once more, on the session that stands");
  }

  @ParameterizedTest
  @EnumSource(Make.class)
  void linksByTypedCode(Make make) {
    Person owner = network.control().create("owner of " + make, Behaviour.BEHAVIOUR_SILENT);
    Peer peer = network.start(make);

    peer.linkByCode(owner.getPhoneNumber(), code -> network.control().enter(owner, code));

    assertThat(peer.account()).isEqualTo(accountOf(owner));
    Person echo = network.control().create("Echo", Behaviour.BEHAVIOUR_ECHO);
    peer.send(accountOf(echo), GREETING);
    peer.awaitText(GREETING);
  }

  @ParameterizedTest
  @EnumSource(Make.class)
  void refusesWrongTypedCode(Make make) {
    Person owner = network.control().create("owner of " + make, Behaviour.BEHAVIOUR_SILENT);
    Peer peer = network.start(make);
    peer.tryToLinkByCode(owner.getPhoneNumber());
    String code = peer.await("code").text("text");
    char last = code.charAt(code.length() - 1);
    String wrong = code.substring(0, code.length() - 1) + (last == '2' ? '3' : '2');

    assertThatThrownBy(() -> network.control().enter(owner, wrong))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getDescription()).contains("another code"));

    assertThat(network.refusals(Refusal.LINK_CODE_WRONG)).isEqualTo(1);
    assertThat(network.control().named(accountOf(owner)).getDevicesList()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Make.class)
  void keepsTextsForWhoIsAway(Make make) {
    Peer alice = network.start(Make.STRICT_BAILEYS).link();
    Peer bob = network.start(make).link();
    bob.disconnect();

    String first = alice.send(bob.account(), "you are away");
    alice.send(bob.account(), "still");
    bob.connect();

    assertThat(bob.awaitText("you are away").text("id")).isEqualTo(first);
    bob.awaitText("still");
    exchange(bob, alice, "I am back");
  }

  @ParameterizedTest
  @CsvSource({"STRICT_BAILEYS, ZAPO", "ZAPO, STRICT_BAILEYS"})
  void keepsTheOrderOfTexts(Make first, Make second) {
    Peer alice = network.start(first).link();
    Peer bob = network.start(second).link();
    List<String> texts = IntStream.range(0, 30).mapToObj(number -> "text " + number).toList();

    texts.forEach(text -> alice.send(bob.account(), text));

    assertThat(texts).allSatisfy(text -> assertThat(bob.nextText()).isEqualTo(text));
  }

  @ParameterizedTest
  @CsvSource({"STRICT_BAILEYS, ZAPO", "ZAPO, STRICT_BAILEYS"})
  void carriesTextsOfTheLargestSize(Make first, Make second) {
    Peer alice = network.start(first).link();
    Peer bob = network.start(second).link();

    exchange(alice, bob, "x".repeat(LARGEST_TEXT));
  }

  @Test
  void keepsADeviceLinkedOverRestartsOfTheClient() {
    Peer alice = network.start(Make.ZAPO).link();
    Peer before = network.start(Make.STRICT_BAILEYS, "restarted").link();
    exchange(alice, before, "before");
    before.close();

    Peer after = network.start(Make.STRICT_BAILEYS, "restarted").connect();

    assertThat(after.device()).isEqualTo(before.device());
    exchange(alice, after, "after");
    exchange(after, alice, "and back");
  }

  @Test
  void keepsDevicesLinkedOverItsOwnRestart() {
    Peer alice = network.start(Make.STRICT_BAILEYS).link();
    Peer bob = network.start(Make.BAILEYS).link();
    exchange(alice, bob, "before");

    network.restart();
    alice.await("closed");
    bob.await("closed");
    alice.connect();
    String id = alice.send(bob.account(), "you are still away");
    bob.connect();

    assertThat(bob.awaitText("you are still away").text("id")).isEqualTo(id);
    exchange(bob, alice, "after");
  }

  @Test
  void tellsEveryDeviceOfAnAccount() {
    Peer desk = network.start(Make.STRICT_BAILEYS, "alice", "desk").link();
    Peer laptop = network.start(Make.STRICT_BAILEYS, "alice", "laptop").link();
    Peer bob = network.start(Make.ZAPO).link();
    assertThat(laptop.account()).isEqualTo(desk.account());
    assertThat(laptop.device()).isNotEqualTo(desk.device());

    String outbound = desk.send(bob.account(), "from my desk");
    String inbound = bob.send(desk.account(), "to both of you");

    assertThat(bob.awaitText("from my desk").text("id")).isEqualTo(outbound);
    PeerEvent copy = laptop.awaitText("from my desk");
    assertThat(copy.text("id")).isEqualTo(outbound);
    assertThat(copy.text("fromMe")).isEqualTo("true");
    assertThat(desk.awaitText("to both of you").text("id")).isEqualTo(inbound);
    assertThat(laptop.awaitText("to both of you").text("id")).isEqualTo(inbound);
  }

  @ParameterizedTest
  @EnumSource(
      value = Make.class,
      names = {"STRICT_BAILEYS", "ZAPO"})
  void handsOutCollectionsAndHistoryOnItsMediaHost(Make make) {
    network.always(Fault.EXTERNAL_BLOBS);

    Peer alice = network.start(make).link(); // Waits for the history.
    Peer bob = network.start(make).link();

    exchange(alice, bob, GREETING);
  }

  @ParameterizedTest
  @EnumSource(Make.class)
  void letsItsPeopleTalk(Make make) {
    Person echo = network.control().create("Echo", Behaviour.BEHAVIOUR_ECHO);
    Peer alice = network.start(make, "alice").link();
    Person alicesPhone = network.control().named(alice.account());

    String id = alice.send(accountOf(echo), GREETING);

    alice.awaitReceipt(id, "delivered");
    assertThat(alice.awaitText(GREETING).text("fromMe")).isEqualTo("false");
    assertThat(network.control().textsThatReached(echo)).contains(GREETING);
    network.control().send(echo, alicesPhone, "good night");
    alice.awaitText("good night");
  }

  @Test
  void tellsThatAClientIsThereUntilItHangsUp() {
    BaileysPeer alice = (BaileysPeer) network.start(Make.STRICT_BAILEYS).link();
    alice.awaitName(network.control().named(alice.account()).getName());
    Peer bob = network.start(Make.ZAPO).link();

    alice.appear("available");
    alice.subscribe(bob.account());
    alice.awaitPresence(bob.account(), "available");
    bob.disconnect();
    assertThat(alice.awaitLastSeen(bob.account()).text("state")).isEqualTo("unavailable");
    bob.connect();
    alice.awaitPresence(bob.account(), "available");
  }

  @Test
  void tellsWhoIsThereAndWhoTypes() {
    BaileysPeer alice = (BaileysPeer) network.start(Make.STRICT_BAILEYS).link();
    Person alicesPhone = network.control().named(alice.account());
    Person bob = network.control().create("Bob", Behaviour.BEHAVIOUR_SILENT);
    String bobs = accountOf(bob);
    alice.awaitName(alicesPhone.getName()); // Before that it cannot say that it is there.

    alice.appear("available");
    alice.subscribe(bobs);
    assertThat(alice.awaitPresence(bobs, "unavailable").text("lastSeen")).isEmpty();
    network.control().appear(bob, true, false);
    alice.awaitPresence(bobs, "available");
    network.control().type(bob, alicesPhone, PersonChatState.PERSON_CHAT_STATE_RECORDING);
    alice.awaitPresence(bobs, "recording");
    network.control().appear(bob, false, false);
    assertThat(alice.awaitPresence(bobs, "unavailable").text("lastSeen")).isNotEmpty();
    network.control().appear(bob, true, true);
    alice.awaitPresence(bobs, "available");
    network.control().appear(bob, false, true);
    assertThat(alice.awaitPresence(bobs, "unavailable").text("lastSeen")).isEmpty();
  }

  @Test
  void takesClientsBackAfterItDroppedThem() {
    Peer alice = network.start(Make.STRICT_BAILEYS).link();
    Peer bob = network.start(Make.BAILEYS).link();

    network.disconnectAll();
    alice.await("closed");
    bob.await("closed");
    alice.connect();
    bob.connect();

    exchange(alice, bob, "here again");
    exchange(bob, alice, "me too");
  }

  @Test
  void forgetsADeviceThatLoggedOut() {
    Peer bob = network.start(Make.STRICT_BAILEYS, "leaver").link();
    bob.logout();
    bob.close();

    Peer again = network.start(Make.STRICT_BAILEYS, "leaver");
    again.tryToConnect();

    assertThat(again.await("closed").text("code")).isEqualTo("401");
  }

  private static String accountOf(Person person) {
    return person.getPhoneNumber().substring(1) + "@s.whatsapp.net";
  }

  private static void exchange(Peer sender, Peer receiver, String text) {
    String id = sender.send(receiver.account(), text);
    PeerEvent message = receiver.awaitText(text);
    assertThat(message.text("id")).isEqualTo(id);
    assertThat(message.text("fromMe")).isEqualTo("false");
    sender.awaitReceipt(id, "delivered");
    receiver.markRead(id);
    sender.awaitReceipt(id, "read");
  }
}
