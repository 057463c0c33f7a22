package dev.switchboard.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.loadtest.measure.ClassHistogram.Growth;
import dev.switchboard.loadtest.measure.ClassHistogram.Usage;
import dev.switchboard.loadtest.run.LoadTestException;
import org.junit.jupiter.api.Test;

class ClassHistogramTest {
  private static final String EMPTY =
      """
      3014:
       num     #instances         #bytes  class name (module)
      -------------------------------------------------------
         1:          2989         610216  java.lang.Class (java.base@25.0.3)
         2:          9982         508320  [B (java.base@25.0.3)
         3:             2             64  java.lang.invoke.LambdaForm$MH/0x00007f1a28001000 (java.base@25.0.3)
         4:             1             32  java.lang.invoke.LambdaForm$MH/0x00007f1a28002000 (java.base@25.0.3)
         5:             4             64  dev.switchboard.Gone
      Total         12978        1118696
      """;

  private static final String FULL =
      """
      3014:
       num     #instances         #bytes  class name (module)
      -------------------------------------------------------
         1:         19982        1508320  [B (java.base@25.0.3)
         2:          2989         610216  java.lang.Class (java.base@25.0.3)
         3:             7            700  dev.switchboard.New
      """;

  @Test
  void addsUpClassesThatDifferByAddressOnly() {
    assertThat(ClassHistogram.parse(EMPTY).byClass())
        .containsEntry("java.lang.invoke.LambdaForm$MH", new Usage(3, 96))
        .containsEntry("[B", new Usage(9982, 508320));
  }

  @Test
  void sumsWhatTheJvmSums() {
    assertThat(ClassHistogram.parse(EMPTY).total()).isEqualTo(new Usage(12978, 1118696));
  }

  @Test
  void tellsTheLargestGrowthFirst() {
    var growth = ClassHistogram.parse(FULL).growthSince(ClassHistogram.parse(EMPTY), 2);
    assertThat(growth)
        .containsExactly(
            new Growth("[B", new Usage(10000, 1000000)),
            new Growth("dev.switchboard.New", new Usage(7, 700)));
  }

  @Test
  void countsWhatIsGoneAsNegative() {
    var growth = ClassHistogram.parse(FULL).growthSince(ClassHistogram.parse(EMPTY), 100);
    assertThat(growth).contains(new Growth("dev.switchboard.Gone", new Usage(-4, -64)));
  }

  @Test
  void refusesTextWithoutClasses() {
    assertThatThrownBy(() -> ClassHistogram.parse("3014:\nnot now\n"))
        .isInstanceOf(LoadTestException.class);
  }
}
