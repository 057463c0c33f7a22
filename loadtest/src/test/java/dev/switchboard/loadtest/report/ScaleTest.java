package dev.switchboard.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScaleTest {
  @Test
  void labelsRoundValues() {
    assertThat(Scale.LINEAR.ticks(0, 47)).containsExactly(0, 10, 20, 30, 40);
    assertThat(Scale.LOGARITHMIC.ticks(0.2, 50)).containsExactly(0.1, 1, 10, 100);
    assertThat(Scale.label(0.25)).isEqualTo("0.25");
    assertThat(Scale.label(120)).isEqualTo("120");
    assertThat(Scale.label(2_000_000)).isEqualTo("2e+06");
  }

  @Test
  void setsPercentilesApartByWhatIsLeft() {
    double nines = Scale.PERCENTILE.place(99.9) - Scale.PERCENTILE.place(99);
    assertThat(nines).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-9));
  }
}
