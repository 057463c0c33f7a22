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
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NumberChangesTest {
  private static final Duration AGE = Duration.ofHours(1);
  private static final Jid OWN = Jid.ofPhoneNumber("15550001000");
  private static final Jid OWN_LID = Jid.ofLid("100000000001000");
  private static final Jid BEFORE = Jid.ofPhoneNumber("15550002000");
  private static final Jid AFTER = Jid.ofPhoneNumber("15550003000");
  private static final Jid LID = Jid.ofLid("100000000002000");
  private static final Jid OTHER_LID = Jid.ofLid("100000000003000");

  private final ManualClock clock = new ManualClock();
  private final MemoryHost host = new MemoryHost();
  private final AccountState account =
      new AccountState(
          host,
          new Credentials(
              DeviceKeys.generate(new SecureRandom()),
              OWN.withDevice(7),
              OWN_LID.withDevice(7),
              new byte[0],
              "android"));
  private final NumberChanges changes =
      new NumberChanges(
          new AliasBook(account),
          new DeviceDirectory(
              account,
              new ScriptedServer(_ -> ScriptedServer.refusal(503)).stream(clock),
              clock,
              AGE));

  @Test
  void whoKeepsTheHiddenIdIsTheSamePersonUnderAnotherNumber() {
    new AliasBook(account).learn(BEFORE, LID);
    host.merges.clear();

    changes.receive(modify(Map.of("old", BEFORE, "new", AFTER, "old_lid", LID, "new_lid", LID)));

    assertThat(account.aliases().phoneNumberOf(LID)).contains(AFTER);
    assertThat(account.aliases().lidOf(AFTER)).contains(LID);
    assertThat(account.aliases().lidOf(BEFORE)).isEmpty();
    assertThat(host.merges).containsExactly(account.aliases().peer(AFTER).orElseThrow());
  }

  @Test
  void whoWasKnownByNumberOnlyIsOnePersonWithTheNewOne() {
    changes.receive(modify(Map.of("old", BEFORE, "new", AFTER, "old_lid", LID, "new_lid", LID)));

    assertThat(host.merges).hasSize(2); // The old number's chat goes to the id, then the new one's.
    assertThat(account.aliases().phoneNumberOf(LID)).contains(AFTER);
  }

  @Test
  void whoGetsAnotherHiddenIdIsAnotherPerson() {
    changes.receive(
        modify(Map.of("old", BEFORE, "new", AFTER, "old_lid", LID, "new_lid", OTHER_LID)));

    assertThat(account.aliases().lidOf(BEFORE)).contains(LID);
    assertThat(account.aliases().lidOf(AFTER)).contains(OTHER_LID);
  }

  @Test
  void withoutHiddenIdsNobodyIsTakenForTheSameButDevicesAreAskedForAnew() {
    for (Jid number : List.of(BEFORE, AFTER)) {
      account.commit(List.of(DeviceLists.put(number, List.of(0, 1), 0, clock.instant())));
    }

    changes.receive(modify(Map.of("old", BEFORE, "new", AFTER)));

    assertThat(host.merges).isEmpty();
    assertThat(isFresh(BEFORE)).isFalse();
    assertThat(isFresh(AFTER)).isFalse();
  }

  @Test
  void nobodyTakesTheOwnNames() {
    changes.receive(
        modify(Map.of("old", OWN, "new", AFTER, "old_lid", OWN_LID, "new_lid", OWN_LID)));
    changes.receive(modify(Map.of("old", BEFORE, "new", OWN, "old_lid", LID, "new_lid", LID)));

    assertThat(account.aliases().lidOf(AFTER)).isEmpty();
    assertThat(account.aliases().lidOf(OWN)).isNotEqualTo(LID);
    assertThat(account.aliases().phoneNumberOf(LID)).isNotEqualTo(OWN);
  }

  @Test
  void whatIsNoChangeOfNumbersIsPassedOver() {
    changes.receive(Node.of("notification"));
    changes.receive(Node.of("notification", Node.of("update", Map.of("hash", "abcd"))));
    changes.receive(modify(Map.of("old", LID, "new", AFTER, "new_lid", LID)));
    changes.receive(modify(Map.of("new", AFTER, "new_lid", LID)));

    assertThat(host.merges).isEmpty();
  }

  private boolean isFresh(Jid person) {
    return account.deviceLists().read(person, clock.instant(), AGE).isPresent();
  }

  private static Node modify(Map<String, Jid> names) {
    var modify = Node.builder("modify");
    names.forEach(modify::attribute);
    return Node.of("notification", Map.of("type", "contacts"), modify.build());
  }
}
