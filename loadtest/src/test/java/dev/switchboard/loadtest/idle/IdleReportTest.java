package dev.switchboard.loadtest.idle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.loadtest.measure.ClassHistogram;
import dev.switchboard.loadtest.measure.ClassHistogram.Usage;
import dev.switchboard.loadtest.measure.Machine;
import dev.switchboard.loadtest.measure.MachineTime;
import dev.switchboard.loadtest.measure.ProcessStatus;
import dev.switchboard.loadtest.measure.Snapshot;
import dev.switchboard.loadtest.measure.ThreadDump;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdleReportTest {
  private static final int MEGABYTE = 1024 * 1024;

  @Test
  void dividesWhatIsMoreThanTheEmptyServer() {
    assertThat(new IdleReport(figures(16 + 32)).line())
        .hasToString(
            "RESULT idle accounts=512 heap_kb_per_account=64.0 rss_kb_per_account=128.0"
                + " platform_threads=41 ready_after_restart_s=7.5");
  }

  @Test
  void saysWhetherTheTargetIsMet() {
    assertThat(new IdleReport(figures(16 + 32)).text()).contains("target 64 KB: met");
    assertThat(new IdleReport(figures(16 + 33)).text()).contains("target 64 KB: MISSED");
  }

  @Test
  void tellsFixedCostsFromThoseOfAFurtherAccount() {
    assertThat(figures(16 + 32).heapPerFurtherAccount()).isEqualTo((48.0 - 20) * 1024 / (512 - 51));
  }

  @Test
  void tellsCollectorMachineAndClasses() {
    assertThat(new IdleReport(figures(48)).text())
        .contains("ZGC", "4 cores (a processor)", "24000 MB", "Linux 6", "25.0.3", "| [B ");
  }

  private static IdleFigures figures(int fullMegabytes) {
    return new IdleFigures(
        new IdlePlan(512, 5, 16, Duration.ofSeconds(1), Duration.ZERO, List.of("-XX:+UseZGC")),
        new Machine(
            "a processor", 4, 24_000, "Linux 6", "25.0.3", "ext4", "abc", 0.5, MachineTime.none()),
        "ZGC",
        snapshot(16, 100, 40),
        snapshot(20, 120, 40),
        snapshot(fullMegabytes, 164, 41),
        snapshot(30, 150, 41),
        Duration.ofSeconds(60),
        Duration.ofMillis(7_500));
  }

  private static Snapshot snapshot(int liveMegabytes, int rssMegabytes, int threads) {
    long live = (long) liveMegabytes * MEGABYTE;
    return new Snapshot(
        live,
        live,
        new ProcessStatus(rssMegabytes * 1024L, threads),
        new ThreadDump(Map.of("main", threads)),
        new ClassHistogram(Map.of("[B", new Usage(liveMegabytes, live))));
  }
}
