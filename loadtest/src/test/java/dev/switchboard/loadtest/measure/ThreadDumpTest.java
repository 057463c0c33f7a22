package dev.switchboard.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThreadDumpTest {
  private static final String PRINTED =
      """
      3014:
      Full thread dump OpenJDK 64-Bit Server VM (25.0.3+9-LTS mixed mode, sharing):

      "main" #3 [3016] prio=5 os_prio=0 cpu=717.04ms elapsed=4.64s tid=0x1 nid=3016 waiting on condition
         java.lang.Thread.State: TIMED_WAITING (sleeping)

      "ForkJoinPool-1-worker-1" #30 [3048] daemon prio=5 os_prio=0 tid=0x2 nid=3048  [0x1]
         Carrying virtual thread #29
      "ForkJoinPool-1-worker-2" #32 [3049] daemon prio=5 os_prio=0 tid=0x3 nid=3049  [0x1]
      "VM Thread" os_prio=0 cpu=5.54ms elapsed=4.46s tid=0x4 nid=3032 runnable
      """;

  @Test
  void countsPlatformThreadsByName() {
    assertThat(ThreadDump.parse(PRINTED).byName())
        .containsEntry("main", 1)
        .containsEntry("ForkJoinPool-N-worker-N", 2)
        .containsEntry("VM Thread", 1);
  }

  @Test
  void countsNoVirtualThread() {
    assertThat(ThreadDump.parse(PRINTED).count()).isEqualTo(4);
  }
}
