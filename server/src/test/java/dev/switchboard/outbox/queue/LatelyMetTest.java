package dev.switchboard.outbox.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.pacing.Familiarity;
import org.junit.jupiter.api.Test;

class LatelyMetTest {
  private final LatelyMet met = new LatelyMet();

  @Test
  void knowsTheLastOnesOnly() {
    for (long name = 0; name <= LatelyMet.MOST; name++) {
      met.add(name, Familiarity.APPROACHED);
    }
    assertThat(met.find(0)).isNull();
    for (long name = 1; name <= LatelyMet.MOST; name++) {
      assertThat(met.find(name)).isEqualTo(Familiarity.APPROACHED);
    }
  }

  @Test
  void knowsTheNewestOfEach() {
    for (int i = 0; i < LatelyMet.MOST; i++) {
      met.add(1, Familiarity.APPROACHED);
      met.add(2, Familiarity.KNOWN);
    }
    met.add(1, Familiarity.KNOWN);
    assertThat(met.find(1)).isEqualTo(Familiarity.KNOWN);
    assertThat(met.find(0)).isNull();
  }
}
