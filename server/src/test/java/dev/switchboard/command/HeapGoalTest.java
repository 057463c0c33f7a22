package dev.switchboard.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class HeapGoalTest {
  private static final long MIB = 1L << 20;
  private static final String OPTION = "SoftMaxHeapSize";

  @Test
  void growsWithWhatLivesBetweenALittleAndTheMaximum() {
    assertThat(HeapGoal.of(0, 0, 4_096 * MIB)).isEqualTo(512 * MIB);
    assertThat(HeapGoal.of(300 * MIB, 0, 4_096 * MIB)).isEqualTo(900 * MIB);
    assertThat(HeapGoal.of(3_000 * MIB, 0, 4_096 * MIB)).isEqualTo(4_096 * MIB);
  }

  @Test
  void isLargerWhileTheServerIsBusy() {
    assertThat(HeapGoal.of(300 * MIB, 256 * MIB, 4_096 * MIB)).isEqualTo(1_156 * MIB);
  }

  @Test
  void isNoMoreThanASmallMachineHas() {
    assertThat(HeapGoal.of(0, 85 * MIB, 256 * MIB)).isEqualTo(256 * MIB);
  }

  @Test
  void isTakenByTheRunningMachine() {
    var options = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    assumeThat(options.getVMOption("UseZGC").getValue()).isEqualTo("true");
    long maximum = Runtime.getRuntime().maxMemory();
    String before = options.getVMOption(OPTION).getValue();
    try {
      new HeapGoal(options, maximum).set();
      assertThat(options.getVMOption(OPTION).getValue())
          .isEqualTo(Long.toString(HeapGoal.of(0, 0, maximum)));
    } finally {
      options.setVMOption(OPTION, before);
    }
  }
}
