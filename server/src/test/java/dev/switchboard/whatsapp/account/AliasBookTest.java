package dev.switchboard.whatsapp.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.RecordKind;
import dev.switchboard.model.Lid;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.whatsapp.MemoryHost;
import dev.switchboard.whatsapp.wire.Jid;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AliasBookTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final Jid NUMBER = Jid.ofPhoneNumber("15550002000");
  private static final Jid OTHER_NUMBER = Jid.ofPhoneNumber("15550003000");
  private static final Jid LID = Jid.ofLid("200000000002000");
  private static final Jid OTHER_LID = Jid.ofLid("300000000003000");
  private static final Jid OWN_NUMBER = Jid.ofPhoneNumber("15550001000");
  private static final Jid OWN_LID = Jid.ofLid("100000000001000");

  private final MemoryHost host = new MemoryHost();
  private final AccountState account =
      new AccountState(
          host,
          new Credentials(
              DeviceKeys.generate(new SecureRandom()),
              OWN_NUMBER.withDevice(3),
              OWN_LID.withDevice(3),
              new byte[0],
              "android"));
  private final AliasBook book = new AliasBook(account);

  @Test
  void tellsANewPairOnceInEitherOrderAndOnAnyDevice() {
    book.learn(NUMBER.withDevice(5), LID);
    book.learn(LID.withDevice(2), NUMBER);

    assertThat(host.merges).containsExactly(peer(NUMBER, LID));
    assertThat(account.aliases().lidOf(NUMBER)).contains(LID);
    assertThat(account.aliases().phoneNumberOf(LID)).contains(NUMBER);
  }

  @Test
  void passesOverWhatIsNoPair() {
    book.learn(NUMBER, OTHER_NUMBER);
    book.learn(LID, OTHER_LID);
    book.learn(Jid.parse("123@g.us"), LID);
    book.learn(NUMBER, Jid.parse("@lid"));
    book.learn(Jid.parse("0@s.whatsapp.net"), LID);

    assertThat(host.merges).isEmpty();
    assertThat(host.records.count(RecordKind.ALIAS)).isZero();
  }

  @Test
  void givesANumberToTheHiddenIdItWasToldWithLast() {
    book.learn(NUMBER, LID);
    account.commit(List.of(DeviceLists.put(NUMBER, List.of(0, 7), 0, NOON)));

    book.learn(NUMBER, OTHER_LID);

    assertThat(account.aliases().lidOf(NUMBER)).contains(OTHER_LID);
    assertThat(account.aliases().phoneNumberOf(OTHER_LID)).contains(NUMBER);
    assertThat(account.aliases().phoneNumberOf(LID)).isEmpty();
    assertThat(account.aliases().peer(LID)).contains(Peer.of(new Lid(LID.user())));
    assertThat(account.deviceLists().lastKnown(NUMBER)).isEmpty();
  }

  @Test
  void leavesTheSessionsOfAReassignedNumberWithThePersonTheyAreWith() {
    PeerDevice friend = new PeerDevice();
    friend.established(account, NUMBER);
    book.learn(NUMBER, LID);

    book.learn(NUMBER, OTHER_LID);

    assertThat(account.signalUnit().hasSession(account.aliases().address(LID))).isTrue();
    assertThat(account.signalUnit().hasSession(account.aliases().address(NUMBER))).isFalse();
  }

  @Test
  void letsAHiddenIdHaveTheNumberItWasToldWithLast() {
    book.learn(NUMBER, LID);
    book.learn(OTHER_NUMBER, LID);

    assertThat(account.aliases().phoneNumberOf(LID)).contains(OTHER_NUMBER);
    assertThat(account.aliases().lidOf(NUMBER)).isEmpty();
    assertThat(host.merges).containsExactly(peer(NUMBER, LID), peer(OTHER_NUMBER, LID));
  }

  @Test
  void letsTheLastWordCountWithinOneListToo() {
    book.learn(
        List.of(
            new AliasBook.Pair(NUMBER, LID),
            new AliasBook.Pair(NUMBER, OTHER_LID),
            new AliasBook.Pair(OTHER_NUMBER, LID)));

    assertThat(account.aliases().lidOf(NUMBER)).contains(OTHER_LID);
    assertThat(account.aliases().lidOf(OTHER_NUMBER)).contains(LID);
    assertThat(account.aliases().phoneNumberOf(LID)).contains(OTHER_NUMBER);
    assertThat(account.aliases().phoneNumberOf(OTHER_LID)).contains(NUMBER);
  }

  @Test
  void takesNobodyForTheAccountItself() {
    book.learn(OWN_NUMBER, LID);
    book.learn(NUMBER, OWN_LID);
    book.learn(OWN_NUMBER, OWN_LID);

    assertThat(host.merges).containsExactly(peer(OWN_NUMBER, OWN_LID));
    assertThat(account.aliases().lidOf(NUMBER)).isEmpty();
  }

  @Test
  void keepsTheNewerDeviceListOfTheTwoNames() {
    account.commit(
        List.of(
            DeviceLists.put(NUMBER, List.of(0, 1), 0, NOON),
            DeviceLists.put(LID, List.of(0, 1, 2), 0, NOON.plusSeconds(1)),
            DeviceLists.put(OTHER_NUMBER, List.of(0, 4), 0, NOON),
            DeviceLists.put(OTHER_LID, List.of(0), 0, NOON.minusSeconds(1))));

    book.learn(NUMBER, LID);
    book.learn(OTHER_NUMBER, OTHER_LID);

    Duration hour = Duration.ofHours(1);
    assertThat(account.deviceLists().read(NUMBER, NOON.plusSeconds(2), hour))
        .contains(List.of(0, 1, 2));
    assertThat(account.deviceLists().read(OTHER_NUMBER, NOON, hour)).contains(List.of(0, 4));
    assertThat(host.records.count(RecordKind.DEVICE_LIST)).isEqualTo(2);
  }

  @Test
  void asksAgainForDevicesThatChangedUnderEitherName() {
    account.commit(
        List.of(
            DeviceLists.put(NUMBER, List.of(0, 1), 20, NOON),
            DeviceLists.put(LID, List.of(0), 10, NOON)));
    account.commit(account.deviceLists().outdate(LID).stream().toList());

    book.learn(NUMBER, LID);

    assertThat(account.deviceLists().read(NUMBER, NOON, Duration.ofHours(1))).isEmpty();
    assertThat(account.deviceLists().lastKnown(NUMBER)).containsExactly(0, 1);
    assertThat(account.deviceLists().signedAt(NUMBER)).isEqualTo(20);
  }

  @Test
  void movesTheSessionsWithEveryDeviceThatIsKnown() {
    List<PeerDevice> devices = List.of(new PeerDevice(), new PeerDevice(), new PeerDevice());
    devices.get(0).established(account, NUMBER);
    devices.get(1).established(account, NUMBER.withDevice(4));
    devices.get(2).established(account, NUMBER.withDevice(9));
    account.commit(List.of(DeviceLists.put(LID, List.of(0, 4), 0, NOON)));

    book.learn(NUMBER.withDevice(9), LID);

    for (int device : List.of(0, 4, 9)) {
      assertThat(account.signalUnit().hasSession(account.aliases().address(LID.withDevice(device))))
          .isTrue();
    }
    assertThat(host.records.count(RecordKind.SESSION)).isEqualTo(3);
  }

  @Test
  void tellsWhatIsOfTheHistoryAsSuch() {
    book.learnOfHistory(List.of(new AliasBook.Pair(NUMBER, LID)));
    book.learn(OTHER_NUMBER, LID);

    assertThat(host.merges).containsExactly(peer(NUMBER, LID), peer(OTHER_NUMBER, LID));
    assertThat(host.historicalMerges).containsExactly(peer(NUMBER, LID));
  }

  @Test
  void learnsALongListInStepsThatTheGatewayTakes() {
    List<AliasBook.Pair> pairs = new ArrayList<>();
    for (int i = 0; i < 1_001; i++) {
      pairs.add(
          new AliasBook.Pair(
              Jid.ofPhoneNumber("1555" + (1_000_000 + i)), Jid.ofLid("9000" + (1_000_000 + i))));
    }

    book.learn(pairs);

    assertThat(host.merges).hasSize(1_001);
    assertThat(host.mostMergedAtOnce()).isEqualTo(AliasBook.PAIRS_AT_ONCE);
  }

  static Peer peer(Jid number, Jid lid) {
    return new Peer(new PhoneNumber(number.user()), new Lid(lid.user()));
  }
}
