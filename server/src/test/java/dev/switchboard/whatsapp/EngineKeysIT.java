package dev.switchboard.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.model.Peer;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.testing.Eventually;
import dev.switchboard.whatsapp.account.CredentialStore;
import dev.switchboard.whatsapp.login.PreKeyLimits;
import dev.switchboard.whatsapp.records.KeyUpkeepRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The keys a device publishes, over their whole life. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class EngineKeysIT {
  private static final RecordKey UPKEEP = new RecordKey(RecordKind.CREDENTIALS, "upkeep");

  private SandboxNetwork network;
  private EngineDriver alice;
  private EngineDriver bob;
  private Peer bobOwn;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    network = new SandboxNetwork(folder);
    alice = network.account("alice");
    bob = network.account("bob");
    network.link(alice);
    bobOwn = network.link(bob);
  }

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void rotatesItsSignedPreKeyAndStillReadsWhatWasEncryptedForTheOneBefore() throws Exception {
    bob.stop();
    assertThat(alice.send(bobOwn, "for the old key")).isInstanceOf(SendOutcome.Sent.class);
    age(bob);

    bob.start();
    bob.awaitLoggedIn();

    assertThat(bob.awaitMessage().content()).isEqualTo(new MessageContent.Text("for the old key"));
    assertThat(signedPreKeyOf(bob)).isEqualTo(2);
    EngineDriver carol = network.account("carol");
    network.link(carol);
    assertThat(carol.send(bobOwn, "for the new key")).isInstanceOf(SendOutcome.Sent.class);
    assertThat(bob.awaitMessage().content()).isEqualTo(new MessageContent.Text("for the new key"));
    assertThat(network.sandbox.refusals()).isEmpty();
  }

  @Test
  void publishesItsKeysAnewWhenItLostThem() throws Exception {
    bob.stop();
    List<RecordChange> lost = new ArrayList<>();
    bob.host
        .records
        .readAfter(RecordKind.PREKEY, "", 10_000)
        .keySet()
        .forEach(name -> lost.add(new RecordChange.Remove(new RecordKey(RecordKind.PREKEY, name))));
    bob.host.records.commit(lost);

    bob.start();
    bob.awaitLoggedIn();

    assertThat(bob.host.records.count(RecordKind.PREKEY)).isEqualTo(812);
    assertThat(network.sandbox.refusals()).isEmpty();
  }

  @Test
  void topsUpItsPreKeysWhenTheServerSaysThatTheyAreFew() throws Exception {
    PreKeyLimits few = new PreKeyLimits(12, 11, 20, Duration.ofDays(27), Duration.ofDays(31));
    EngineDriver dave = network.account("dave", config -> config.withPreKeys(few));
    Peer daveOwn = network.link(dave);

    // The own phone took one; each of these takes one more, until the server has less than ten.
    for (EngineDriver writer : List.of(alice, bob)) {
      assertThat(writer.send(daveOwn, "takes one")).isInstanceOf(SendOutcome.Sent.class);
    }

    Eventually.until(
        "prekeys were added", () -> dave.host.records.count(RecordKind.PREKEY) >= 12 - 3 + 20);
    assertThat(network.sandbox.refusals()).isEmpty();
  }

  private static void age(EngineDriver driver) {
    KeyUpkeepRecord old = KeyUpkeepRecord.newBuilder().setSignedPrekeySince(1).build();
    driver.host.records.commit(List.of(new RecordChange.Put(UPKEEP, old.toByteArray())));
  }

  private static int signedPreKeyOf(EngineDriver driver) {
    return new CredentialStore(driver.host.records).read().orElseThrow().keys().signedPreKey().id();
  }
}
