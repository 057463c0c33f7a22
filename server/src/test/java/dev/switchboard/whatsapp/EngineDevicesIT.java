package dev.switchboard.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.OutboundMessage;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.model.Peer;
import dev.switchboard.model.message.Direction;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.sandbox.network.Refusal;
import dev.switchboard.whatsapp.outbound.SendLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Several devices of one account on either side. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class EngineDevicesIT {
  private SandboxNetwork network;
  private SandboxPhones phones;
  private EngineDriver alice;
  private EngineDriver bob;
  private Peer aliceOwn;
  private Peer bobOwn;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    network = new SandboxNetwork(folder);
    phones = new SandboxPhones(network.sandbox);
    alice = network.account("alice");
    bob = network.account("bob");
    aliceOwn = phones.link(alice, "alice");
    bobOwn = phones.link(bob, "bob");
  }

  @AfterEach
  void close() {
    phones.close();
    network.close();
  }

  @Test
  void twoDevicesOfAnAccountSeeOnceWhatEitherSendsAndGets() throws Exception {
    EngineDriver second = second("alice");

    sent(alice.send(bobOwn, "from the first"));
    assertThat(second.awaitMessage()).satisfies(copy -> isCopy(copy, "from the first"));
    sent(second.send(bobOwn, "from the second"));
    assertThat(alice.awaitMessage()).satisfies(copy -> isCopy(copy, "from the second"));
    assertThat(text(bob.awaitMessage())).isEqualTo("from the first");
    assertThat(text(bob.awaitMessage())).isEqualTo("from the second");
    sent(bob.send(aliceOwn, "to both"));
    for (EngineDriver device : List.of(alice, second)) {
      Message message = device.awaitMessage();
      assertThat(text(message)).isEqualTo("to both");
      assertThat(message.chat()).isEqualTo(bobOwn);
      assertThat(message.direction()).isEqualTo(Direction.INBOUND);
    }

    quiet(alice, second, bob);
  }

  @Test
  void whatTheOwnPhoneSendsIsSeenOnceByEachOfItsDevices() throws Exception {
    EngineDriver second = second("alice");

    phones.send("alice", "bob", "from the phone");

    assertThat(alice.awaitMessage()).satisfies(copy -> isCopy(copy, "from the phone"));
    assertThat(second.awaitMessage()).satisfies(copy -> isCopy(copy, "from the phone"));
    assertThat(text(bob.awaitMessage())).isEqualTo("from the phone");
    quiet(alice, second, bob);
  }

  @Test
  void aMessageToOneselfReachesTheOwnPhoneAndOtherDevices() throws Exception {
    EngineDriver second = second("alice");

    sent(alice.send(aliceOwn, "remember"));
    phones.send("alice", "alice", "noted");

    for (String text : List.of("remember", "noted")) {
      Message copy = second.awaitMessage();
      assertThat(text(copy)).isEqualTo(text);
      assertThat(copy.chat()).isEqualTo(aliceOwn);
      assertThat(copy.direction()).isEqualTo(Direction.OUTBOUND);
    }
    assertThat(text(alice.awaitMessage())).isEqualTo("noted");
    assertThat(phones.textsOf("alice")).contains("remember");
    quiet(alice, second);
  }

  @Test
  void aDeviceThatTheSenderDidNotKnowOfGetsTheSameMessageOnce() throws Exception {
    sent(alice.send(bobOwn, "to one device"));
    assertThat(text(bob.awaitMessage())).isEqualTo("to one device");
    StoredDeviceLists lists = new StoredDeviceLists(alice);
    List<RecordChange> stale = lists.copy();
    EngineDriver second = second("bob");
    lists.awaitOutdated(bobOwn);
    alice.host.records.commit(stale);

    OutboundMessage message = EngineDriver.text(bobOwn, "to two devices");
    sent(alice.connector.send(message));

    for (EngineDriver device : List.of(bob, second)) {
      Message got = device.awaitMessage();
      assertThat(text(got)).isEqualTo("to two devices");
      assertThat(got.id()).isEqualTo(message.id());
    }
    assertThat(network.sandbox.refusals()).containsOnlyKeys(Refusal.MISSING_DEVICE.label());
    assertThat(missed()).isEqualTo(1);
    sent(alice.send(bobOwn, "known by now"));
    assertThat(text(second.awaitMessage())).isEqualTo("known by now");
    assertThat(text(bob.awaitMessage())).isEqualTo("known by now");
    assertThat(missed()).isEqualTo(1);
    quiet(bob, second);
  }

  @Test
  void anOwnDeviceThatIsNewGetsACopyOfTheMessageThatMissedIt() throws Exception {
    sent(alice.send(bobOwn, "before"));
    StoredDeviceLists lists = new StoredDeviceLists(alice);
    List<RecordChange> stale = lists.copy();
    EngineDriver second = second("alice");
    lists.awaitOutdated(aliceOwn);
    alice.host.records.commit(stale);

    sent(alice.send(bobOwn, "after"));

    assertThat(second.awaitMessage()).satisfies(copy -> isCopy(copy, "after"));
    quiet(second);
  }

  @Test
  void nothingIsLeftOfADeviceThatWasUnlinked() throws Exception {
    SendLimits fresh = new SendLimits(Duration.ofSeconds(30), Duration.ZERO, Duration.ofSeconds(2));
    EngineDriver carol = network.account("carol", config -> config.withSending(fresh));
    phones.link(carol, "carol");
    EngineDriver second = second("bob");
    sent(carol.send(bobOwn, "to two devices"));
    long before = carol.host.records.count(RecordKind.SESSION);
    second.awaitMessage();

    second.connector.unlink();
    sent(carol.send(bobOwn, "to one device"));

    assertThat(carol.host.records.count(RecordKind.SESSION)).isEqualTo(before - 1);
    assertThat(network.sandbox.refusals()).isEmpty();
  }

  private EngineDriver second(String person) throws InterruptedException {
    EngineDriver second = network.account("second");
    phones.link(second, person);
    return second;
  }

  private long missed() {
    return network.sandbox.refusals().getOrDefault(Refusal.MISSING_DEVICE.label(), 0L);
  }

  private void isCopy(Message message, String text) {
    assertThat(text(message)).isEqualTo(text);
    assertThat(message.chat().knownPhoneNumber()).isEqualTo(bobOwn.knownPhoneNumber());
    assertThat(message.direction()).isEqualTo(Direction.OUTBOUND);
  }

  /** Messages come in order: when the last one has come, one that came twice would have too. */
  private static void quiet(EngineDriver... drivers) {
    for (EngineDriver driver : drivers) {
      assertThat(driver.host.messages).isEmpty();
    }
  }

  private static void sent(SendOutcome outcome) {
    assertThat(outcome).isInstanceOf(SendOutcome.Sent.class);
  }

  private static String text(Message message) {
    return ((MessageContent.Text) message.content()).body();
  }
}
