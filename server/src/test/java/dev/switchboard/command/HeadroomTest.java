package dev.switchboard.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeadroomTest {
  private static final long MIB = 1L << 20;
  private static final Duration START = Duration.ofMinutes(1);

  private final Headroom headroom = new Headroom(700 * MIB);

  @Test
  void growsWhileCollectionsFollowCloselyUpToItsLimit() {
    headroom.collected(START);
    assertThat(headroom.bytes()).isZero();

    headroom.collected(START.plusMillis(999));
    assertThat(headroom.bytes()).isEqualTo(256 * MIB);

    headroom.collected(START.plusMillis(1_500));
    headroom.collected(START.plusMillis(2_000));
    assertThat(headroom.bytes()).isEqualTo(700 * MIB);
  }

  @Test
  void staysWhileItIsUsedAndGoesWhenItIsNot() {
    headroom.collected(START);
    headroom.collected(START.plusMillis(500));

    headroom.collected(START.plusSeconds(5));
    headroom.collected(START.plusSeconds(15));
    assertThat(headroom.bytes()).isEqualTo(256 * MIB);

    headroom.collected(START.plusSeconds(26));
    assertThat(headroom.bytes()).isZero();
  }
}
