package dev.switchboard.whatsapp.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.RecordKind;
import dev.switchboard.testing.ManualClock;
import dev.switchboard.whatsapp.ScriptedServer;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.DeviceKeys;
import dev.switchboard.whatsapp.account.SignalRecords;
import dev.switchboard.whatsapp.crypto.Sha1;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.signal.PreKey;
import dev.switchboard.whatsapp.signal.SignalChange;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the server gives out in the device's name, compared with what the device has. */
class KeyUpkeepTest {
  private static final PreKeyLimits LIMITS =
      new PreKeyLimits(4, 1, 1, Duration.ofDays(27), Duration.ofDays(31));

  private final ManualClock clock = new ManualClock();
  private final LinkedDevice device = new LinkedDevice();
  private final List<PreKey> preKeys = device.preKeys(255, 3);
  private Optional<Node> digest = Optional.of(digest(20));
  private final ScriptedServer server = new ScriptedServer(this::answer);

  @Test
  void whatAgreesIsLeftAlone() throws Exception {
    login();
    digest = Optional.of(digest(16));
    login();

    assertThat(server.requests("digest")).hasSize(2);
    assertThat(server.requests("list")).isEmpty();
  }

  @Test
  void keysThatThisDeviceLostArePublishedAnew() throws Exception {
    device.records.commit(
        List.of(SignalRecords.change(new SignalChange.Remove(preKeys.getFirst().key()))));

    login();

    assertThat(server.requests("list")).hasSize(1);
    assertThat(server.requests("list").getFirst().requiredChild("list").children()).hasSize(4);
    assertThat(device.records.count(RecordKind.PREKEY)).isEqualTo(2 + 4);
  }

  @Test
  void anotherSignedPreKeyAtTheServerIsPublishedAnew() throws Exception {
    DeviceKeys keys = device.account().credentials().keys();
    AccountState account = device.account();
    account.replace(
        account
            .credentials()
            .withKeys(
                keys.withSignedPreKey(
                    dev.switchboard.whatsapp.signal.SignedPreKey.generate(
                        keys.identity(), 2, LinkedDevice.RANDOM))));

    login();

    assertThat(server.requests("list")).hasSize(1);
  }

  @Test
  void aServerThatHasNothingIsGivenEverything() throws Exception {
    digest = ScriptedServer.refusal(404);

    login();

    assertThat(server.requests("list")).hasSize(1);
  }

  @Test
  void publishesAtMostOnceADay() throws Exception {
    digest = ScriptedServer.refusal(404);
    login();
    clock.advance(Duration.ofDays(1).minusMillis(1));
    login();
    assertThat(server.requests("list")).hasSize(1);

    clock.advance(Duration.ofMillis(1));
    login();

    assertThat(server.requests("list")).hasSize(2);
  }

  @Test
  void anAnswerThatCannotBeReadChangesNothing() throws Exception {
    digest = Optional.of(Node.of("digest"));
    login();
    digest = ScriptedServer.refusal(503);
    login();

    assertThat(server.requests("list")).isEmpty();
  }

  private Optional<Node> answer(Node request) {
    return request.child("digest").isPresent() ? digest : ScriptedServer.result();
  }

  @Test
  void keepsNoMorePrekeysThanItsBound() {
    AccountState account = device.account();
    PreKeySupply supply =
        new PreKeySupply(account, server.stream(clock), LIMITS, LinkedDevice.RANDOM);
    PreKey oldest = supply.take(1).getFirst();
    supply.take(PreKeySupply.KEPT - 1);
    SignalRecords records = new SignalRecords(account.records());
    assertThat(records.read(oldest.key())).isPresent();

    PreKey newest = supply.take(1).getFirst();

    assertThat(records.read(oldest.key())).isEmpty();
    assertThat(records.read(newest.key())).isPresent();
    assertThat(account.records().count(RecordKind.PREKEY)).isEqualTo(PreKeySupply.KEPT);
  }

  private void login() throws InterruptedException {
    AccountState account = device.account();
    StanzaStream stream = server.stream(clock);
    PreKeySupply supply = new PreKeySupply(account, stream, LIMITS, LinkedDevice.RANDOM);
    new KeyUpkeep(account, stream, supply, LIMITS, clock, LinkedDevice.RANDOM).run();
  }

  private Node digest(int hashBytes) {
    DeviceKeys keys = device.account().credentials().keys();
    List<byte[]> hashed = new ArrayList<>();
    hashed.add(keys.identity().keyPair().publicKey());
    hashed.add(keys.signedPreKey().keyPair().publicKey());
    hashed.add(keys.signedPreKey().signature());
    preKeys.forEach(key -> hashed.add(key.keyPair().publicKey()));
    return Node.of(
        "digest",
        PreKeyStanzas.registration(keys),
        PreKeyStanzas.type(),
        PreKeyStanzas.identity(keys),
        PreKeyStanzas.signedKey(keys),
        Node.of(
            "list",
            preKeys.stream().map(key -> PreKeyStanzas.key(key).requiredChild("id")).toList()),
        Node.of("hash", Arrays.copyOf(Sha1.hash(hashed), hashBytes)));
  }
}
