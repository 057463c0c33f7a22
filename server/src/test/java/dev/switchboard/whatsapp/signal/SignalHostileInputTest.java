package dev.switchboard.whatsapp.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.switchboard.whatsapp.signal.SignalException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignalHostileInputTest {
  private static final int RANDOM_INPUTS = 5_000;
  private static final int MUTATIONS = 1_000;

  private final Device alice = new Device("alice@lid");
  private final Device bob = new Device("bob@lid");
  private final Map<Reason, Integer> refusals = new EnumMap<>(Reason.class);
  private final Random random = new Random(42);

  @BeforeEach
  void introduce() {
    Device.introduce(alice, bob);
  }

  @Test
  void refusesEveryChangedBitOfMessage() {
    Ciphertext message = alice.encrypt(bob, "text");
    Map<SignalRecordKey, byte[]> before = bob.snapshot();
    for (int bit = 0; bit < 8 * message.bytes().length; bit++) {
      byte[] changed = message.bytes().clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertRefused(Ciphertext.Type.MESSAGE, changed);
    }
    assertThat(bob.snapshot()).containsExactlyInAnyOrderEntriesOf(before);
    assertThat(bob.decrypt(alice, message)).isEqualTo("text");
  }

  @Test
  void refusesTruncatedAndExtendedMessages() {
    byte[] message = alice.encrypt(bob, "text").bytes();
    for (int length = 0; length < message.length + 20; length++) {
      if (length != message.length) {
        assertRefused(Ciphertext.Type.MESSAGE, Arrays.copyOf(message, length));
      }
    }
  }

  @Test
  void refusesMessageOfTheOtherType() {
    alice.establish(bob, bob.preKeys.getLast());
    assertRefused(Ciphertext.Type.MESSAGE, alice.encrypt(bob, "text").bytes());
    assertRefused(Ciphertext.Type.PREKEY, bob.encrypt(alice, "text").bytes());
  }

  /** Of a prekey message only what is inside is authenticated, and the keys around it. */
  @Test
  void mutatedPreKeyMessageIsRefusedOrTheSameText() {
    alice.establish(bob, bob.preKeys.getLast());
    byte[] message = alice.encrypt(bob, "text").bytes();
    byte[] text = "text".getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < MUTATIONS; round++) {
      byte[] changed = message.clone();
      int changes = random.nextInt(1, 4);
      for (int change = 0; change < changes; change++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(bob.unit().decrypt(alice.address, Ciphertext.Type.PREKEY, changed))
            .isEqualTo(text);
      } catch (SignalException e) {
        refusals.merge(e.reason(), 1, Integer::sum);
      }
    }
    assertThat(refusals).containsKeys(Reason.MALFORMED, Reason.BAD_MAC);
  }

  @Test
  void randomBytesAreRefused() {
    for (int round = 0; round < RANDOM_INPUTS; round++) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      if (bytes.length > 0 && random.nextBoolean()) {
        bytes[0] = 0x33;
      }
      assertRefused(Ciphertext.Type.MESSAGE, bytes);
      assertRefused(Ciphertext.Type.PREKEY, bytes);
    }
  }

  @Test
  void damagedSessionRecordsAreRefusedOrUsable() {
    byte[] record = bob.session(alice);
    byte[] message = alice.encrypt(bob, "text").bytes();
    for (int round = 0; round < MUTATIONS; round++) {
      byte[] changed =
          Arrays.copyOf(
              record, random.nextInt(2) == 0 ? record.length : random.nextInt(record.length));
      if (changed.length > 0) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      bob.records.put(SignalRecordKey.session(alice.address), changed);
      assertThatCode(
              () -> {
                try {
                  var _ = bob.unit().encrypt(alice.address, new byte[] {1});
                  var _ = bob.unit().decrypt(alice.address, Ciphertext.Type.MESSAGE, message);
                } catch (SignalException e) {
                  refusals.merge(e.reason(), 1, Integer::sum);
                }
              })
          .doesNotThrowAnyException();
    }
    assertThat(refusals).containsKey(Reason.DAMAGED_RECORD);
  }

  @Test
  void whateverIsLeftOfARecordIsEncryptedWithOrDroppedAndBegunAnew() {
    byte[] record = bob.session(alice);
    int dropped = 0;
    for (int round = 0; round < MUTATIONS; round++) {
      byte[] changed =
          Arrays.copyOf(
              record, random.nextInt(2) == 0 ? record.length : random.nextInt(record.length));
      if (changed.length > 0) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      bob.records.put(SignalRecordKey.session(alice.address), changed);
      SignalUnit unit = bob.unit();
      if (!unit.hasSession(alice.address)) {
        dropped += unit.damagedSessions();
        assertThat(unit.changes()).hasSize(1);
        unit.establish(alice.address, alice.bundle(null));
      }
      assertThat(unit.hasSession(alice.address)).isTrue();
      assertThat(unit.encrypt(alice.address, new byte[] {1}).bytes()).isNotEmpty();
    }
    assertThat(dropped).isPositive();
  }

  private void assertRefused(Ciphertext.Type type, byte[] bytes) {
    SignalUnit unit = bob.unit();
    Reason reason = Refusal.refused(() -> unit.decrypt(alice.address, type, bytes));
    assertThat(unit.changes()).isEmpty();
    refusals.merge(reason, 1, Integer::sum);
  }
}
