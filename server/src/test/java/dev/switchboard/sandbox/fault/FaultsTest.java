package dev.switchboard.sandbox.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.sandbox.account.DeviceAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private static final DeviceAddress ALICE = new DeviceAddress("15550001000", 1);
  private static final DeviceAddress BOB = new DeviceAddress("15550001001", 1);

  private final Faults faults = new Faults(new Random(1));

  @Test
  void nothingGoesWrongUnlessAsked() {
    for (Fault fault : Fault.values()) {
      assertThat(faults.happens(fault)).isFalse();
    }
  }

  @Test
  void goesWrongAsOftenAsAsked() {
    faults.arm(Fault.CIPHERTEXT, 2, 0);
    assertThat(faults.happens(Fault.CIPHERTEXT)).isTrue();
    assertThat(faults.happens(Fault.PAIRING_HMAC)).isFalse();
    assertThat(faults.happens(Fault.CIPHERTEXT)).isTrue();
    assertThat(faults.happens(Fault.CIPHERTEXT)).isFalse();
  }

  @Test
  void takesBackWhatWasArmed() {
    faults.arm(Fault.LOGIN_FAILURE, 5, 401);
    assertThat(faults.code(Fault.LOGIN_FAILURE)).hasValue(401);
    faults.arm(Fault.LOGIN_FAILURE, 0, 0);
    assertThat(faults.code(Fault.LOGIN_FAILURE)).isEmpty();
  }

  @Test
  void changesOneBitOfACiphertextAndNothingOfWhatFramesIt() {
    byte[] whole = new byte[180];
    assertThat(faults.carried(whole, ALICE)).isSameAs(whole);
    faults.arm(Fault.CIPHERTEXT, 1, 0);
    byte[] changed = faults.carried(whole, ALICE);
    assertThat(Arrays.mismatch(whole, changed)).isEqualTo(160);
    assertThat(changed[160]).isEqualTo((byte) 0x10);
    changed[160] = 0;
    assertThat(changed).isEqualTo(whole);
  }

  @Test
  void keepsTheFaultForSomethingThatCanBeACiphertext() {
    faults.arm(Fault.CIPHERTEXT, 1, 0);
    byte[] tooShort = new byte[20];
    assertThat(faults.carried(tooShort, ALICE)).isSameAs(tooShort);
    assertThat(faults.happens(Fault.CIPHERTEXT, ALICE)).isTrue();
  }

  @Test
  void hitsOnlyThoseAimedAt() {
    faults.arm(Fault.MUTE, Aim.at(ALICE.account()), 1, Manner.USUAL);
    assertThat(faults.happens(Fault.MUTE, BOB)).isFalse();
    assertThat(faults.happens(Fault.MUTE)).isFalse();
    assertThat(faults.happens(Fault.MUTE, ALICE)).isTrue();
    assertThat(faults.happens(Fault.MUTE, ALICE)).isFalse();
  }

  @Test
  void usesTheClosestAimFirst() {
    arm(Aim.EVERYBODY, 500);
    arm(Aim.at(ALICE.account()), 501);
    arm(new Aim(ALICE.account(), 1), 502);
    assertThat(List.of(code(ALICE), code(ALICE), code(ALICE))).containsExactly(502, 501, 500);
    assertThat(faults.happens(Fault.ACK_ERROR, ALICE)).isFalse();
  }

  @Test
  void goesOnWithoutAnEnd() {
    faults.arm(Fault.MUTE, Aim.EVERYBODY, Faults.ENDLESS, Manner.USUAL);
    for (int i = 0; i < 100; i++) {
      assertThat(faults.happens(Fault.MUTE, BOB)).isTrue();
    }
    faults.clear();
    assertThat(faults.happens(Fault.MUTE, BOB)).isFalse();
  }

  @Test
  void sparesSomeAndDoesNotCountThem() {
    faults.arm(Fault.MUTE, Aim.EVERYBODY, 10, Manner.USUAL.withPercent(20));
    int tries = 0;
    int hits = 0;
    while (hits < 10) {
      tries++;
      hits += faults.happens(Fault.MUTE, BOB) ? 1 : 0;
    }
    assertThat(tries).isBetween(20, 150);
    assertThat(faults.happens(Fault.MUTE, BOB)).isFalse();
  }

  @Test
  void armsNoMoreThanItMay() {
    for (int i = 0; i < Faults.MOST_ARMED; i++) {
      assertThat(faults.arm(Fault.MUTE, Aim.at("1555" + i), 1, Manner.USUAL)).isTrue();
    }
    assertThat(faults.arm(Fault.MUTE, Aim.at("999"), 1, Manner.USUAL)).isFalse();
    assertThat(faults.arm(Fault.MUTE, Aim.at("15550"), 2, Manner.USUAL)).isTrue();
    assertThat(faults.arm(Fault.MUTE, Aim.at("15550"), 0, Manner.USUAL)).isTrue();
    assertThat(faults.arm(Fault.MUTE, Aim.at("999"), 1, Manner.USUAL)).isTrue();
  }

  @Test
  void refusesAMannerThatIsNone() {
    assertThatThrownBy(() -> Manner.USUAL.withPercent(101))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Manner.USUAL.withBatch(1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Manner.USUAL.withTime(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Aim("", 3)).isInstanceOf(IllegalArgumentException.class);
  }

  private void arm(Aim aim, int code) {
    faults.arm(Fault.ACK_ERROR, aim, 1, Manner.USUAL.withCode(code));
  }

  private int code(DeviceAddress device) {
    return faults.strike(Fault.ACK_ERROR, device).orElseThrow().code();
  }
}
