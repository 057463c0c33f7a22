package dev.switchboard.whatsapp.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.testing.ManualClock;
import dev.switchboard.whatsapp.MemoryHost;
import dev.switchboard.whatsapp.ScriptedServer;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.AliasBook;
import dev.switchboard.whatsapp.account.Credentials;
import dev.switchboard.whatsapp.account.DeviceKeys;
import dev.switchboard.whatsapp.account.DeviceLists;
import dev.switchboard.whatsapp.account.SignalRecords;
import dev.switchboard.whatsapp.crypto.KeyPair;
import dev.switchboard.whatsapp.signal.SignalAddress;
import dev.switchboard.whatsapp.signal.SignalUnit;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeviceChangesTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration AGE = Duration.ofHours(1);
  private static final Jid OWN = Jid.ofPhoneNumber("15550001000");
  private static final Jid BOB = Jid.ofPhoneNumber("15550002000");
  private static final Jid CAROL = Jid.ofPhoneNumber("15550003000");

  private final ManualClock clock = new ManualClock();
  private final AccountState account =
      new AccountState(
          new MemoryHost(),
          new Credentials(
              DeviceKeys.generate(RANDOM), OWN.withDevice(7), null, new byte[0], "android"));
  private final ScriptedServer server = new ScriptedServer(_ -> ScriptedServer.refusal(503));
  private final DeviceChanges changes =
      new DeviceChanges(account, new DeviceDirectory(account, server.stream(clock), clock, AGE));

  @BeforeEach
  void meet() {
    for (Jid person : List.of(OWN, BOB, CAROL)) {
      account.commit(List.of(DeviceLists.put(person, List.of(0, 1, 2), 0, clock.instant())));
      SignalUnit unit = account.signalUnit();
      for (int device = 0; device < 3; device++) {
        unit.recordIdentity(
            account.aliases().address(person.withDevice(device)),
            KeyPair.generate(RANDOM).publicKey());
      }
      account.commit(SignalRecords.changes(unit.changes()));
    }
  }

  @Test
  void anAddedDeviceMakesTheListOldAndIsNotBelievedInYet() {
    changes.receive(notification(BOB, "add", BOB.withDevice(3)));

    assertThat(isFresh(BOB)).isFalse();
    assertThat(isFresh(CAROL)).isTrue();
    assertThat(account.deviceLists().lastKnown(BOB)).containsExactly(0, 1, 2);
  }

  @Test
  void aRemovedDeviceIsForgottenAtOnceAndNoOther() {
    changes.receive(notification(BOB, "remove", BOB.withDevice(2)));

    assertThat(isFresh(BOB)).isFalse();
    assertThat(identities(BOB)).containsExactly(0, 1);
    assertThat(identities(CAROL)).containsExactly(0, 1, 2);
  }

  @Test
  void aRemovedDeviceIsForgottenUnderTheNumberTooThoughItHasAnotherNameByNow() {
    new AliasBook(account).learn(BOB, Jid.ofLid("100000000002000"));
    SignalAddress byNumber = new SignalAddress(BOB.toString(), 2);
    SignalUnit unit = account.signalUnit();
    unit.recordIdentity(byNumber, KeyPair.generate(RANDOM).publicKey());
    account.commit(SignalRecords.changes(unit.changes()));

    changes.receive(notification(BOB, "remove", BOB.withDevice(2)));

    assertThat(identities(BOB)).containsExactly(0, 1);
    assertThat(account.signalUnit().identityOf(byNumber)).isEmpty();
  }

  @Test
  void neitherAPhoneNorSomebodyElsesDeviceIsRemoved() {
    changes.receive(notification(BOB, "remove", BOB));
    changes.receive(notification(BOB, "remove", CAROL.withDevice(2)));

    assertThat(identities(BOB)).containsExactly(0, 1, 2);
    assertThat(identities(CAROL)).containsExactly(0, 1, 2);
  }

  @Test
  void aChangeWithoutANameIsFoundByItsHash() {
    changes.receive(
        Node.of(
            "notification",
            Map.of("from", "@s.whatsapp.net", "type", "devices"),
            Node.of("update", Map.of("hash", ContactHash.of(CAROL)))));

    assertThat(isFresh(BOB)).isTrue();
    assertThat(isFresh(CAROL)).isFalse();
  }

  @Test
  void hashesAsIndependentClientsDo() {
    // MD5 of "15550003000WA_ADD_NOTIF" begins with these three bytes (checked with md5sum).
    assertThat(ContactHash.of(CAROL)).isEqualTo("jsPC").hasSize(4);
  }

  @Test
  void theOwnListIsOldWhenTheServerSpeaksOfTheOwnDevicesOnly() {
    changes.receiveOwn(Node.of("notification", Node.of("privacy")));
    assertThat(isFresh(OWN)).isTrue();

    changes.receiveOwn(Node.of("notification", Node.of("devices")));

    assertThat(isFresh(OWN)).isFalse();
    assertThat(isFresh(BOB)).isTrue();
  }

  @Test
  void aNotificationOfNothingChangesNothing() {
    changes.receive(Node.of("notification"));
    changes.receive(Node.of("notification", Map.of("from", "status@broadcast")));

    assertThat(isFresh(BOB)).isTrue();
  }

  private boolean isFresh(Jid person) {
    return account.deviceLists().read(person, clock.instant(), AGE).isPresent();
  }

  private List<Integer> identities(Jid person) {
    List<Integer> known = new ArrayList<>();
    for (int device = 0; device < 3; device++) {
      if (account
          .signalUnit()
          .identityOf(account.aliases().address(person.withDevice(device)))
          .isPresent()) {
        known.add(device);
      }
    }
    return known;
  }

  private static Node notification(Jid from, String what, Jid device) {
    return Node.of(
        "notification",
        Map.of("from", from.toString(), "type", "devices"),
        Node.of(what, Node.of("device", Map.of("jid", device.toString()))));
  }
}
