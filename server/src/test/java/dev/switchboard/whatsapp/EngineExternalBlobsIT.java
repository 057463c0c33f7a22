package dev.switchboard.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.connector.capability.OwnProfile;
import dev.switchboard.interop.peer.BaileysPeer;
import dev.switchboard.interop.peer.PeerNetwork;
import dev.switchboard.model.Peer;
import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.testing.Eventually;
import dev.switchboard.whatsapp.account.PushNameStore;
import dev.switchboard.whatsapp.appstate.AppStateLimits;
import dev.switchboard.whatsapp.media.MediaLimits;
import dev.switchboard.whatsapp.records.CollectionStateRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Collections and histories that lie on the media host, as the network hands them out. */
@Timeout(120)
class EngineExternalBlobsIT {
  private static final MediaLimits USUAL = MediaLimits.DEFAULT;
  private static final MediaLimits IMPATIENT =
      new MediaLimits(
          USUAL.bytes(),
          USUAL.atOnce(),
          USUAL.waiting(),
          USUAL.connectTimeout(),
          Duration.ofMillis(300),
          USUAL.downloadTimeout(),
          USUAL.turnTimeout(),
          USUAL.hostsTimeout());
  private static final MediaLimits TINY =
      new MediaLimits(
          100,
          USUAL.atOnce(),
          USUAL.waiting(),
          USUAL.connectTimeout(),
          USUAL.silence(),
          USUAL.downloadTimeout(),
          USUAL.turnTimeout(),
          USUAL.hostsTimeout());

  private SandboxNetwork network;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    network = new SandboxNetwork(folder);
    network.link(network.account("bob"));
    network.always(Fault.EXTERNAL_BLOBS);
  }

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void learnsNamesAndPeopleFromTheMediaHost() throws Exception {
    EngineDriver alice = network.account("alice");
    Peer own = network.link(alice);

    awaitName(alice, nameOf(own));
    Eventually.until("a contact's name", () -> !alice.host.names.isEmpty());

    assertThat(alice.host.names.peek().names().full()).startsWith("Guest ");
    assertThat(network.sandbox.refusals()).isEmpty();
  }

  @Test
  void writesOnTopOfWhatItFetchedAndFetchesTheMutationsOfPatches(@TempDir Path folder)
      throws Exception {
    EngineDriver alice = network.account("alice");
    Peer own = network.link(alice);
    awaitName(alice, nameOf(own));
    PeerNetwork peers =
        new PeerNetwork(
            network.sandbox.port(),
            HexFormat.of().formatHex(network.sandbox.noiseRootKey()),
            network.sandbox.certificate());

    try (BaileysPeer baileys = BaileysPeer.strict(peers, nameOf(own), folder)) {
      baileys.link();
      baileys.awaitName(nameOf(own));
      baileys.rename("Named by Baileys");
      awaitName(alice, "Named by Baileys");

      ((OwnProfile) alice.connector).rename("Named by Switchboard");
      baileys.awaitName("Named by Switchboard");
    }
    assertThat(network.sandbox.refusals()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "MEDIA_FAILURE, 404, EXTERNAL_BLOB: GONE",
    "MEDIA_FAILURE, 410, EXTERNAL_BLOB: GONE",
    "MEDIA_FAILURE, 500, EXTERNAL_BLOB: HOST_FAILED",
    "MEDIA_DAMAGED, 0, EXTERNAL_BLOB: DAMAGED",
    "MEDIA_SILENT, 0, EXTERNAL_BLOB: TIMED_OUT"
  })
  void logsInAllTheSameWhenMediaCannotBeHad(Fault fault, int code, String trouble)
      throws Exception {
    network.sandbox.faults().arm(fault, 1_000, code);
    EngineDriver alice =
        network.account("alice", ours -> ours.withAppState(AppStateLimits.DEFAULT, IMPATIENT));
    Peer own = network.link(alice);

    Eventually.until("the trouble", () -> trouble(alice).equals(trouble));
    assertThat(name(alice)).isEmpty();

    alice.stop();
    network.sandbox.faults().arm(fault, 0, 0);
    alice.start();
    alice.awaitLoggedIn();
    awaitName(alice, nameOf(own));
    Eventually.until("no trouble", () -> trouble(alice).isEmpty());
  }

  @Test
  void takesNoMoreThanItsLimit() throws Exception {
    EngineDriver alice =
        network.account("alice", ours -> ours.withAppState(AppStateLimits.DEFAULT, TINY));
    Peer _ = network.link(alice);

    Eventually.until("the trouble", () -> trouble(alice).equals("EXTERNAL_BLOB: TOO_LARGE"));
  }

  @Test
  void isReadyInTimeWhenNobodyAnswersForTheCollections() throws Exception {
    AppStateLimits hasty = AppStateLimits.DEFAULT.withLoginPatience(Duration.ofMillis(200));
    EngineDriver alice = network.account("alice", ours -> ours.withAppState(hasty, USUAL));
    Peer own = network.link(alice);
    awaitName(alice, nameOf(own));
    alice.stop();
    network.always(Fault.APP_STATE_UNANSWERED);

    Instant before = Instant.now();
    alice.start();
    alice.awaitLoggedIn();

    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
    alice.stop();
    assertThat(alice.host.events).isEmpty();
  }

  private static String trouble(EngineDriver driver) {
    return driver
        .host
        .records
        .read(new RecordKey(RecordKind.APP_STATE_VERSION, "critical_block"))
        .map(EngineExternalBlobsIT::decode)
        .orElse("");
  }

  private static String decode(byte[] value) {
    try {
      return CollectionStateRecord.parseFrom(value).getTrouble();
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static String nameOf(Peer own) {
    return "Guest " + own.knownPhoneNumber().orElseThrow().digits();
  }

  private static String name(EngineDriver driver) {
    return new PushNameStore(driver.host.records).read().orElse("");
  }

  private static void awaitName(EngineDriver driver, String name) throws InterruptedException {
    Eventually.until("the name " + name, () -> name(driver).equals(name));
  }
}
