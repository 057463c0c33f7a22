package dev.switchboard.whatsapp.signal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignalMoveTest {
  private final Device alice = new Device("alice@lid");
  private final Device bob = new Device("bob@lid");
  private final SignalAddress phoneNumber = new SignalAddress("bob@s.whatsapp.net", 0);

  @Test
  void sessionGoesOnUnderItsNewName() {
    Ciphertext first = establishedByPhoneNumber();
    bob.decrypt(alice, first);
    move();
    assertThat(alice.decrypt(bob, bob.encrypt(alice, "answer"))).isEqualTo("answer");
    assertThat(alice.unit().hasSession(phoneNumber)).isFalse();
    assertThat(alice.unit().identityOf(phoneNumber)).isEmpty();
    assertThat(alice.unit().identityOf(bob.address)).isPresent();
  }

  @Test
  void joinsSessionsOfBothNames() {
    bob.decrypt(alice, establishedByPhoneNumber());
    Ciphertext toPhoneNumber = bob.encrypt(alice, "on the old session");
    alice.establish(bob, bob.preKeys.getLast());
    bob.decrypt(alice, alice.encrypt(bob, "on the new session"));
    Ciphertext toLid = bob.encrypt(alice, "on the new session too");
    move();
    assertThat(alice.decrypt(bob, toPhoneNumber)).isEqualTo("on the old session");
    assertThat(alice.decrypt(bob, toLid)).isEqualTo("on the new session too");
  }

  @Test
  void theSessionThatWasAnsweredOnStaysCurrent() {
    bob.decrypt(alice, establishedByPhoneNumber());
    SignalUnit unit = alice.unit();
    Ciphertext answer = bob.encrypt(alice, "answer");
    unit.decrypt(phoneNumber, answer.type(), answer.bytes());
    alice.commit(unit);
    alice.establish(bob, bob.preKeys.getLast());
    move();
    Ciphertext next = alice.encrypt(bob, "on the answered session");
    assertThat(next.type()).isEqualTo(Ciphertext.Type.MESSAGE);
    assertThat(bob.decrypt(alice, next)).isEqualTo("on the answered session");
  }

  @Test
  void sessionOfAnotherIdentityIsNotJoined() {
    SignalUnit unit = alice.unit();
    unit.establish(phoneNumber, new Device("bob@lid").bundle(null));
    unit.establish(bob.address, bob.bundle(null));
    unit.move(phoneNumber, bob.address);
    assertThat(unit.identityOf(bob.address)).hasValue(bob.identity.keyPair().publicKey());
    assertThat(unit.hasSession(phoneNumber)).isFalse();
    Ciphertext message = unit.encrypt(bob.address, new byte[] {42, 1});
    assertThat(bob.unit().decrypt(alice.address, message.type(), message.bytes()))
        .containsExactly(42, 1);
  }

  @Test
  void movingNothingChangesNothing() {
    SignalUnit unit = alice.unit();
    unit.move(phoneNumber, bob.address);
    unit.move(phoneNumber, phoneNumber);
    assertThat(unit.changes()).isEmpty();
  }

  private Ciphertext establishedByPhoneNumber() {
    SignalUnit unit = alice.unit();
    unit.establish(phoneNumber, bob.bundle(bob.preKeys.getFirst()));
    Ciphertext message = unit.encrypt(phoneNumber, new byte[] {1});
    alice.commit(unit);
    return message;
  }

  private void move() {
    SignalUnit unit = alice.unit();
    unit.move(phoneNumber, bob.address);
    alice.commit(unit);
  }
}
