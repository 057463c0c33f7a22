package dev.switchboard.whatsapp.signal;

import static dev.switchboard.whatsapp.signal.Refusal.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.whatsapp.signal.SignalException.Reason;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SignalUnitTest {
  private final Device alice = new Device("alice@lid");
  private final Device bob = new Device("bob@lid");

  @Test
  void firstMessagesStartTheSessionUntilThePeerAnswers() {
    alice.establish(bob, bob.preKeys.getFirst());
    Ciphertext first = alice.encrypt(bob, "one");
    Ciphertext second = alice.encrypt(bob, "two");
    assertThat(bob.decrypt(alice, second)).isEqualTo("two");
    assertThat(bob.decrypt(alice, first)).isEqualTo("one");
    assertThat(alice.decrypt(bob, bob.encrypt(alice, "three"))).isEqualTo("three");
    Ciphertext fourth = alice.encrypt(bob, "four");
    assertThat(bob.decrypt(alice, fourth)).isEqualTo("four");

    assertThat(first.type()).isEqualTo(Ciphertext.Type.PREKEY);
    assertThat(second.type()).isEqualTo(Ciphertext.Type.PREKEY);
    assertThat(fourth.type()).isEqualTo(Ciphertext.Type.MESSAGE);
  }

  @Test
  void startsSessionWithoutOneTimePreKey() {
    alice.establish(bob, null);
    assertThat(bob.decrypt(alice, alice.encrypt(bob, "text"))).isEqualTo("text");
  }

  @Test
  void removesThePreKeyThatWasUsed() {
    alice.establish(bob, bob.preKeys.getFirst());
    Ciphertext message = alice.encrypt(bob, "text");
    SignalUnit unit = bob.unit();
    var _ = unit.decrypt(alice.address, message.type(), message.bytes());

    assertThat(unit.changes()).contains(new SignalChange.Remove(bob.preKeys.getFirst().key()));
    bob.commit(unit);
    assertThat(bob.records).doesNotContainKey(bob.preKeys.getFirst().key());
    assertThat(bob.records).containsKey(bob.preKeys.getLast().key());
  }

  @Test
  void refusesPreKeysThatAreNotThere() {
    Device carol = new Device("carol@lid");
    alice.establish(bob, bob.preKeys.getFirst());
    Ciphertext message = alice.encrypt(bob, "text");
    carol.establish(bob, bob.preKeys.getFirst());
    bob.decrypt(alice, message);

    assertThat(refused(() -> bob.decrypt(carol, carol.encrypt(bob, "late"))))
        .isEqualTo(Reason.UNKNOWN_PREKEY);
    bob.records.remove(bob.signedPreKey.key());
    carol.establish(bob, bob.preKeys.getLast());
    assertThat(refused(() -> bob.decrypt(carol, carol.encrypt(bob, "late"))))
        .isEqualTo(Reason.UNKNOWN_SIGNED_PREKEY);
  }

  @Test
  void needsSessionToEncryptAndDecrypt() {
    assertThat(refused(() -> alice.encrypt(bob, "text"))).isEqualTo(Reason.NO_SESSION);
    Device.introduce(alice, bob);
    Ciphertext message = alice.encrypt(bob, "text");
    SignalUnit unit = bob.unit();
    unit.remove(alice.address);
    assertThat(unit.hasSession(alice.address)).isFalse();
    bob.commit(unit);
    assertThat(refused(() -> bob.decrypt(alice, message))).isEqualTo(Reason.NO_SESSION);
  }

  @Test
  void refusesMessageTwice() {
    alice.establish(bob, bob.preKeys.getFirst());
    Ciphertext first = alice.encrypt(bob, "first");
    bob.decrypt(alice, first);
    assertThat(refused(() -> bob.decrypt(alice, first))).isEqualTo(Reason.DUPLICATE);
    alice.decrypt(bob, bob.encrypt(alice, "answer"));
    Ciphertext second = alice.encrypt(bob, "second");
    bob.decrypt(alice, second);
    assertThat(refused(() -> bob.decrypt(alice, second))).isEqualTo(Reason.DUPLICATE);
  }

  @Test
  void unitThatWasDroppedNeverHappened() {
    Device.introduce(alice, bob);
    SignalUnit dropped = alice.unit();
    Ciphertext never = dropped.encrypt(bob.address, "lost".getBytes(StandardCharsets.UTF_8));
    Ciphertext sent = alice.encrypt(bob, "sent");

    SignalUnit crashed = bob.unit();
    var _ = crashed.decrypt(alice.address, sent.type(), sent.bytes());
    assertThat(bob.decrypt(alice, sent)).isEqualTo("sent");
    assertThat(refused(() -> bob.decrypt(alice, never))).isEqualTo(Reason.DUPLICATE);
    assertThat(bob.decrypt(alice, alice.encrypt(bob, "next"))).isEqualTo("next");
  }

  @Test
  void unitSeesItsOwnChanges() {
    SignalUnit unit = alice.unit();
    unit.establish(bob.address, bob.bundle(null));
    assertThat(unit.hasSession(bob.address)).isTrue();
    assertThat(unit.identityOf(bob.address)).hasValue(bob.identity.keyPair().publicKey());
    assertThat(unit.registrationIdOf(bob.address)).hasValue(bob.identity.registrationId());
    Ciphertext first = unit.encrypt(bob.address, new byte[] {1});
    Ciphertext second = unit.encrypt(bob.address, new byte[] {1});
    assertThat(first.bytes()).isNotEqualTo(second.bytes());
    assertThat(unit.changes()).hasSize(2);
  }

  @Test
  void usesTheSessionAsItIsAndNotAsItWasLookedAt() {
    Device.introduce(alice, bob);
    SignalUnit unit = alice.unit();
    assertThat(unit.hasSession(bob.address)).isTrue();
    unit.establish(bob.address, bob.bundle(null));
    assertThat(unit.encrypt(bob.address, new byte[] {1}).type()).isEqualTo(Ciphertext.Type.PREKEY);

    SignalAddress renamed = new SignalAddress("bob@elsewhere", 0);
    assertThat(unit.hasSession(bob.address)).isTrue();
    unit.move(bob.address, renamed);
    assertThat(unit.hasSession(bob.address)).isFalse();
    assertThat(unit.hasSession(renamed)).isTrue();
    unit.remove(renamed);
    assertThat(unit.hasSession(renamed)).isFalse();
  }

  @Test
  void usesTheSessionAsItIsStoredByNowAndNotAsItWasLookedAt() {
    Device.introduce(alice, bob);
    SignalUnit unit = alice.unit();
    assertThat(unit.hasSession(bob.address)).isTrue();

    Ciphertext elsewhere = alice.encrypt(bob, "in another unit");
    Ciphertext here = unit.encrypt(bob.address, "here".getBytes(StandardCharsets.UTF_8));

    assertThat(bob.decrypt(alice, elsewhere)).isEqualTo("in another unit");
    assertThat(bob.decrypt(alice, here)).isEqualTo("here");
  }

  @Test
  void hasNoSessionThatWasRemovedAfterItLooked() {
    Device.introduce(alice, bob);
    SignalUnit looked = alice.unit();
    SignalUnit encrypting = alice.unit();
    assertThat(looked.hasSession(bob.address)).isTrue();
    assertThat(encrypting.hasSession(bob.address)).isTrue();

    alice.committed(unit -> {
      unit.remove(bob.address);
      return true;
    });

    assertThat(looked.hasSession(bob.address)).isFalse();
    assertThat(refused(() -> encrypting.encrypt(bob.address, new byte[] {1})))
        .isEqualTo(Reason.NO_SESSION);
    assertThat(encrypting.changes()).isEmpty();
  }

  @Test
  void bothSidesMayStartAtOnce() {
    alice.establish(bob, bob.preKeys.getFirst());
    bob.establish(alice, alice.preKeys.getFirst());
    Ciphertext fromAlice = alice.encrypt(bob, "from alice");
    Ciphertext fromBob = bob.encrypt(alice, "from bob");
    assertThat(bob.decrypt(alice, fromAlice)).isEqualTo("from alice");
    assertThat(alice.decrypt(bob, fromBob)).isEqualTo("from bob");

    for (int turn = 0; turn < 5; turn++) {
      Ciphertext there = alice.encrypt(bob, "there " + turn);
      Ciphertext back = bob.encrypt(alice, "back " + turn);
      assertThat(alice.decrypt(bob, back)).isEqualTo("back " + turn);
      assertThat(bob.decrypt(alice, there)).isEqualTo("there " + turn);
    }
    assertThat(alice.encrypt(bob, "settled").type()).isEqualTo(Ciphertext.Type.MESSAGE);
    assertThat(bob.encrypt(alice, "settled").type()).isEqualTo(Ciphertext.Type.MESSAGE);
  }

  @Test
  void messagesOfAnEarlierSessionStillDecrypt() {
    Device.introduce(alice, bob);
    Ciphertext old = alice.encrypt(bob, "old");
    alice.establish(bob, bob.preKeys.getLast());
    assertThat(bob.decrypt(alice, alice.encrypt(bob, "new"))).isEqualTo("new");
    assertThat(bob.decrypt(alice, old)).isEqualTo("old");
    assertThat(alice.decrypt(bob, bob.encrypt(alice, "answer"))).isEqualTo("answer");
  }

  @Test
  void keepsFewEarlierSessions() {
    for (int round = 0; round < 3 * SessionRecord.MAX_ARCHIVED; round++) {
      alice.establish(bob, null);
      bob.decrypt(alice, alice.encrypt(bob, "text"));
    }
    int states = SessionRecord.MAX_ARCHIVED + 1;
    assertThat(SessionRecord.decode(alice.session(bob)).size()).isEqualTo(states);
    assertThat(SessionRecord.decode(bob.session(alice)).size()).isEqualTo(states);
  }

  @Test
  void refusesMessageTooFarAhead() {
    Device.introduce(alice, bob);
    for (int lost = 0; lost < 2001; lost++) {
      alice.encrypt(bob, "lost");
    }
    Ciphertext message = alice.encrypt(bob, "far");
    assertThat(refused(() -> bob.decrypt(alice, message))).isEqualTo(Reason.TOO_FAR_AHEAD);
  }

  @Test
  void damagedRecordIsTyped() {
    Device.introduce(alice, bob);
    alice.records.put(SignalRecordKey.session(bob.address), new byte[] {1, 2, 3});
    assertThat(refused(() -> alice.encrypt(bob, "text"))).isEqualTo(Reason.DAMAGED_RECORD);
  }

  @Test
  void peerBeginsAnewWhereTheRecordIsDamaged() {
    Device.introduce(alice, bob);
    bob.records.put(SignalRecordKey.session(alice.address), new byte[] {1, 2, 3});

    alice.establish(bob, null);

    assertThat(bob.decrypt(alice, alice.encrypt(bob, "anew"))).isEqualTo("anew");
    assertThat(alice.decrypt(bob, bob.encrypt(alice, "answer"))).isEqualTo("answer");
  }
}
