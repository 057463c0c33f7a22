package dev.switchboard.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LegendTest {
  @Test
  void putsNamesThatFitBesideEachOther() {
    var legend = new Legend(List.of("one", "two"), 70, 840);
    assertThat(legend.place(0)).isEqualTo(new Legend.Place(70, 0));
    assertThat(legend.place(1).row()).isZero();
    assertThat(legend.place(1).x()).isGreaterThan(100);
    assertThat(legend.more()).isZero();
  }

  @Test
  void beginsANewRowBeforeANameIsCutOff() {
    String name = "server, with slow and stalled readers";
    var legend = new Legend(Collections.nCopies(5, name), 70, 840);
    for (int line = 0; line < 5; line++) {
      double end = legend.place(line).x() + Legend.SWATCH + 6.6 * name.length();
      assertThat(end).isLessThanOrEqualTo(840);
    }
    assertThat(legend.place(4).row()).isPositive();
    assertThat(legend.more()).isEqualTo(legend.place(4).row() * Legend.ROW);
  }

  @Test
  void aNameThatFitsNowhereHasARowOfItsOwn() {
    var legend = new Legend(List.of("x".repeat(300), "y"), 70, 840);
    assertThat(legend.place(0)).isEqualTo(new Legend.Place(70, 0));
    assertThat(legend.place(1)).isEqualTo(new Legend.Place(70, 1));
  }
}
