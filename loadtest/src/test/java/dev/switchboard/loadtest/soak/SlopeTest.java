package dev.switchboard.loadtest.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.switchboard.loadtest.run.LoadTestException;
import java.util.List;
import java.util.function.DoubleToLongFunction;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SlopeTest {
  @Test
  void findsSteadyGrowth() {
    assertThat(slope(0, minute -> (long) (5000 + 300 * minute))).isCloseTo(300, within(5.0));
  }

  @Test
  void leavesOutTheWarmUp() {
    assertThat(slope(5, minute -> (long) (minute < 5 ? 1000 * minute : 5000))).isZero();
  }

  @Test
  void takesASpikeAndTheTeethOfASawForNone() {
    assertThat(slope(0, minute -> minute == 3 ? 100_000 : 5000)).isZero();
    assertThat(slope(0, minute -> (long) (5000 + 100 * (minute % 1)))).isCloseTo(0, within(20.0));
  }

  @Test
  void saysNothingAfterFewSamples() {
    assertThat(slope(8.6, minute -> (long) (300 * minute))).isZero();
  }

  @Test
  void readsWhatDuPrints() {
    assertThat(Sampler.kilobytes("1234\t/some/where\n")).isEqualTo(1234);
    assertThatThrownBy(() -> Sampler.kilobytes("")).isInstanceOf(LoadTestException.class);
  }

  /** Samples of ten minutes, four a minute, but one at the third only. */
  private static double slope(double warmUp, DoubleToLongFunction value) {
    List<Sample> samples =
        DoubleStream.iterate(0, minute -> minute < 9.5, minute -> minute + 0.25)
            .mapToObj(minute -> sample(minute, value.applyAsLong(minute)))
            .toList();
    return Slope.perMinute(samples, warmUp, Sample::rssKilobytes);
  }

  private static Sample sample(double minute, long value) {
    return new Sample(minute, 0, value, 0, 0, 0, 0, 0, 0, 0);
  }
}
