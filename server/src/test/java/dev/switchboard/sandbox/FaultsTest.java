package dev.switchboard.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.sandbox.fault.Faults;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FaultsTest {
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
}
