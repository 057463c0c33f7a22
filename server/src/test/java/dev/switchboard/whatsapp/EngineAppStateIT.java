package dev.switchboard.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.connector.capability.OwnProfile;
import dev.switchboard.interop.peer.BaileysPeer;
import dev.switchboard.interop.peer.PeerNetwork;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.Reason;
import dev.switchboard.model.instance.AppStateTrouble;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.testing.Eventually;
import dev.switchboard.whatsapp.account.PushNameStore;
import dev.switchboard.whatsapp.proto.Message.AppStateSyncKeyData;
import dev.switchboard.whatsapp.records.CollectionStateRecord;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The engine's app state against the sandbox, which verifies what it is given. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class EngineAppStateIT {
  private static final String NAME_COLLECTION = "critical_block";

  private SandboxNetwork network;
  private EngineDriver alice;
  private Peer bob;
  private String phoneName;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    network = new SandboxNetwork(folder);
    bob = network.link(network.account("bob"));
    alice = network.account("alice");
    Peer own = network.link(alice);
    phoneName = "Guest " + own.knownPhoneNumber().orElseThrow().digits();
    awaitName(phoneName);
  }

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void learnsTheContactsOfThePhone() throws Exception {
    Eventually.until("a contact's name", () -> !alice.host.names.isEmpty());

    assertThat(alice.host.names.peek().names().full()).startsWith("Guest ");
    assertThat(alice.host.historicalNames).containsExactlyElementsOf(alice.host.names);
    assertThat(network.sandbox.refusals()).isEmpty();
  }

  @Test
  void givesTheOwnerAnotherNameAndKeepsItOverARestart() throws Exception {
    rename("Ada");
    assertThat(nameVersion()).isEqualTo(2);
    rename("Ada L.");
    assertThat(nameVersion()).isEqualTo(3);
    alice.stop();
    assertThatThrownBy(() -> rename("Nobody"))
        .isInstanceOfSatisfying(
            GatewayException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.INSTANCE_NOT_READY));
    alice.start();
    alice.awaitLoggedIn();

    assertThat(name()).isEqualTo("Ada L.");
    rename("Ada");
    assertThat(nameVersion()).isEqualTo(4);
    assertThat(network.sandbox.refusals()).isEmpty();
  }

  @Test
  void asksThePhoneForAKeyThatIsMissing() throws Exception {
    alice.stop();
    var keys = alice.host.records.readAfter(RecordKind.APP_STATE_KEY, "", 10);
    keys.keySet()
        .forEach(id ->
            alice.host.records.commit(
                List.of(new RecordChange.Remove(new RecordKey(RecordKind.APP_STATE_KEY, id)))));
    alice.host.records.commit(
        List.of(
            new RecordChange.Put(
                new RecordKey(RecordKind.APP_STATE_KEY, HexFormat.of().formatHex(new byte[] {9})),
                AppStateSyncKeyData.newBuilder()
                    .setKeyData(ByteString.copyFrom(new byte[32]))
                    .build()
                    .toByteArray()),
            new RecordChange.Remove(new RecordKey(RecordKind.APP_STATE_VERSION, NAME_COLLECTION)),
            PushNameStore.put("forgotten")));

    alice.start();
    alice.awaitLoggedIn();

    awaitName(phoneName);
    assertThat(network.sandbox.refusals()).isEmpty();
  }

  @Test
  void isDegradedWhileACollectionDoesNotFitAndMessagesFlowAllTheSame() throws Exception {
    stop();
    alice.host.records.commit(
        List.of(
            new RecordChange.Remove(new RecordKey(RecordKind.APP_STATE_VERSION, NAME_COLLECTION))));
    network.always(Fault.APP_STATE_FORGED);
    alice.start();
    alice.awaitLoggedIn();
    assertThat(alice.awaitDegraded()).isEqualTo(StateCause.APP_STATE_BROKEN);
    stop();
    network.sandbox.faults().arm(Fault.APP_STATE_FORGED, 0, 0);

    // Nobody says anything new of it: what was known at the end still holds.
    network.always(Fault.APP_STATE_UNANSWERED);
    alice.start();
    alice.awaitLoggedIn();
    assertThat(alice.awaitDegraded()).isEqualTo(StateCause.APP_STATE_BROKEN);
    assertThat(troubles()).containsExactly(new AppStateTrouble(NAME_COLLECTION, "PATCH_MAC", true));
    assertThat(alice.send(bob, "flows")).isInstanceOf(SendOutcome.Sent.class);

    network.sandbox.faults().arm(Fault.APP_STATE_UNANSWERED, 0, 0);
    rename("Ada");
    assertThat(nameVersion()).isEqualTo(2);
    alice.awaitRecovered();
    Eventually.until("no trouble", () -> troubles().isEmpty());
    assertThat(alice.ends).as("connections that were given up for it").isEmpty();
    assertThat(network.sandbox.refusals()).isEmpty();
  }

  @Test
  void staysInStepWithABaileysOnTheSameAccount(@TempDir Path folder) throws Exception {
    PeerNetwork peers =
        new PeerNetwork(
            network.sandbox.port(),
            HexFormat.of().formatHex(network.sandbox.noiseRootKey()),
            network.sandbox.certificate());
    try (BaileysPeer baileys = BaileysPeer.strict(peers, phoneName, folder)) {
      baileys.link();
      baileys.rename("Named by Baileys");
      awaitName("Named by Baileys");

      baileys.pin("15550001000@s.whatsapp.net");
      Eventually.until("the pin", () -> version("regular_low"));

      rename("Named by Switchboard");
      assertThat(nameVersion()).isEqualTo(3);
      baileys.awaitName("Named by Switchboard");
    }
    assertThat(network.sandbox.refusals()).isEmpty();
  }

  private boolean version(String collection) {
    return alice
        .host
        .records
        .read(new RecordKey(RecordKind.APP_STATE_VERSION, collection))
        .isPresent();
  }

  private void stop() throws InterruptedException {
    alice.stop();
    assertThat(alice.awaitEnd()).isEqualTo(new ConnectionEnd.Stopped());
    alice.host.events.clear();
  }

  private List<AppStateTrouble> troubles() {
    return alice.connector.health().orElseThrow().appStateTroubles();
  }

  private void rename(String name) throws InterruptedException {
    ((OwnProfile) alice.connector).rename(name);
  }

  private long nameVersion() throws Exception {
    RecordKey key = new RecordKey(RecordKind.APP_STATE_VERSION, NAME_COLLECTION);
    return CollectionStateRecord.parseFrom(alice.host.records.read(key).orElseThrow()).getVersion();
  }

  private String name() {
    return new PushNameStore(alice.host.records).read().orElse("");
  }

  private void awaitName(String name) throws InterruptedException {
    Eventually.until("the name " + name, () -> name().equals(name));
  }
}
