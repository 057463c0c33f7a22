package dev.switchboard.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.RecordKind;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.model.Peer;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.testing.Eventually;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A peer whose phone is set up anew, and peers whose devices come and go. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class EngineIdentityIT {
  private SandboxNetwork network;
  private SandboxPhones phones;
  private EngineDriver alice;
  private EngineDriver bob;
  private Peer bobOwn;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    network = new SandboxNetwork(folder);
    phones = new SandboxPhones(network.sandbox);
    alice = network.account("alice");
    bob = network.account("bob");
    phones.link(alice, "alice");
    bobOwn = phones.link(bob, "bob");
    sent(alice.send(bobOwn, "before"));
    assertThat(text(bob.awaitMessage())).isEqualTo("before");
  }

  @AfterEach
  void close() {
    phones.close();
    network.close();
  }

  @Test
  void anotherIdentityOfAPeerIsToldAndTheNextMessagesReachTheNewPhone() throws Exception {
    phones.reinstall("bob");
    awaitIdentityChange();

    sent(alice.send(bobOwn, "to the new phone"));
    assertThat(phones.textsOf("bob")).contains("before", "to the new phone");
    phones.send("bob", "alice", "from the new phone");
    assertThat(text(alice.awaitMessage())).isEqualTo("from the new phone");

    assertThat(alice.host.identityChanges).isEmpty();
    assertThat(network.sandbox.refusals()).isEmpty();
  }

  @Test
  void aNewDeviceOfTheNewIdentityIsReachedAndNothingIsLeftOfTheOldOnes() throws Exception {
    long sessions = alice.host.records.count(RecordKind.SESSION);
    phones.reinstall("bob");
    awaitIdentityChange();
    EngineDriver again = network.account("again");
    phones.link(again, "bob");

    sent(alice.send(bobOwn, "to phone and device"));

    assertThat(text(again.awaitMessage())).isEqualTo("to phone and device");
    assertThat(phones.textsOf("bob")).contains("to phone and device");
    assertThat(alice.host.records.count(RecordKind.SESSION)).isEqualTo(sessions);
  }

  @Test
  void aChangeWhileAwayIsToldOnceWhateverSaysItFirst() throws Exception {
    alice.stop();
    phones.reinstall("bob");
    phones.send("bob", "alice", "it is me");

    alice.start();
    alice.awaitLoggedIn();

    awaitIdentityChange();
    assertThat(text(alice.awaitMessage())).isEqualTo("it is me");
    sent(alice.send(bobOwn, "I know"));
    assertThat(phones.textsOf("bob")).contains("I know");
    assertThat(alice.host.identityChanges).isEmpty();
  }

  @Test
  void aChangeThatOnlyAMessageTellsIsNoticed() throws Exception {
    alice.stop();
    phones.reinstall("bob");
    phones.send("bob", "alice", "it is me");
    network.sandbox.faults().arm(Fault.SIGNED_PREKEY_SIGNATURE, 1, 0);

    alice.start();

    awaitIdentityChange();
    assertThat(text(alice.awaitMessage())).isEqualTo("it is me");
    sent(alice.send(bobOwn, "I see"));
    assertThat(phones.textsOf("bob")).contains("I see");
  }

  @Test
  void aDeviceThatIsLinkedIsReachedWithTheNextMessage() throws Exception {
    EngineDriver second = network.account("second");
    phones.link(second, "bob");
    new StoredDeviceLists(alice).awaitOutdated(bobOwn);

    sent(alice.send(bobOwn, "to both"));

    assertThat(text(bob.awaitMessage())).isEqualTo("to both");
    assertThat(text(second.awaitMessage())).isEqualTo("to both");
    assertThat(network.sandbox.refusals()).isEmpty();
  }

  @Test
  void aDeviceIsReachedThoughTheServerFirstTellsAnOldList() throws Exception {
    phones.tellOldDevicesOf("bob", 1);
    EngineDriver second = network.account("second");
    phones.link(second, "bob");
    new StoredDeviceLists(alice).awaitOutdated(bobOwn);

    sent(alice.send(bobOwn, "to both"));

    assertThat(text(bob.awaitMessage())).isEqualTo("to both");
    assertThat(text(second.awaitMessage())).isEqualTo("to both");
  }

  @Test
  void nothingIsLeftOfADeviceThatItsPhoneRemoved() throws Exception {
    long sessions = alice.host.records.count(RecordKind.SESSION);
    long identities = alice.host.records.count(RecordKind.IDENTITY);

    phones.remove("bob", 1);

    Eventually.until(
        "the removed device is forgotten",
        () ->
            alice.host.records.count(RecordKind.SESSION) == sessions - 1
                && alice.host.records.count(RecordKind.IDENTITY) == identities - 1);
    sent(alice.send(bobOwn, "to the phone alone"));
    assertThat(phones.textsOf("bob")).contains("to the phone alone");
    assertThat(network.sandbox.refusals()).isEmpty();
  }

  private void awaitIdentityChange() throws InterruptedException {
    Peer changed = alice.host.identityChanges.poll(45, TimeUnit.SECONDS);
    assertThat(changed).isEqualTo(bobOwn);
  }

  private static void sent(SendOutcome outcome) {
    assertThat(outcome).isInstanceOf(SendOutcome.Sent.class);
  }

  private static String text(Message message) {
    return ((MessageContent.Text) message.content()).body();
  }
}
