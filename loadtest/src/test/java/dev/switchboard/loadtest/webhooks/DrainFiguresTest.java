package dev.switchboard.loadtest.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.switchboard.loadtest.webhooks.DrainFigures.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrainFiguresTest {
  @Test
  void countsFromWhenItWasNoticedThatSomebodyListens() {
    var samples =
        List.of(
            new Sample(0, 0, 200),
            new Sample(5, 0, 210),
            new Sample(5.5, 400, 300),
            new Sample(7, 1_000, 250));
    var figures = new DrainFigures(1_000, 0, new Taken(), samples);
    assertThat(figures.noticed()).isEqualTo(5);
    assertThat(figures.perSecond()).isCloseTo(500, within(0.1));
    assertThat(figures.fewestMegabytes()).isEqualTo(200);
    assertThat(figures.mostMegabytes()).isEqualTo(300);
    assertThat(figures.holds()).isTrue();
  }

  @Test
  void whatIsLostBreaksThePromise() {
    assertThat(new DrainFigures(10, 1, new Taken(), List.of()).holds()).isFalse();
    assertThat(DrainFigures.none().holds()).isTrue();
    assertThat(DrainFigures.none().perSecond()).isZero();
  }
}
