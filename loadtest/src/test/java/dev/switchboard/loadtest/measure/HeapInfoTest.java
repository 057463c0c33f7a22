package dev.switchboard.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.loadtest.run.LoadTestException;
import org.junit.jupiter.api.Test;

class HeapInfoTest {
  @Test
  void readsZgc() {
    String printed =
        """
        3014:
        ZHeap            used 66M, capacity 378M, max capacity 6028M
         Cache           312M (1)
          size classes   256M (1)
        """;
    assertThat(HeapInfo.parse(printed).usedBytes()).isEqualTo(66L << 20);
  }

  @Test
  void readsG1() {
    String printed =
        """
        3139:
        garbage-first heap   total reserved 6172672K, committed 393216K, used 29838K [0x0000, 0x0001)
         region size 4096K, 7 young (28672K), 0 survivors (0K)
        """;
    assertThat(HeapInfo.parse(printed).usedBytes()).isEqualTo(29838L << 10);
  }

  @Test
  void addsUpTheGenerationsOfTheSerialCollector() {
    String printed =
        """
        3211:
        DefNew     total 116160K, used 43401K [0x0000000687400000, 0x000000068f200000)
         eden space 103296K,  42% used [0x0000000687400000, 0x0000000689e62580)
        Tenured    total 258048K, used 1166K [0x0000000704d50000, 0x0000000714950000)
         the  space 258048K,   0% used [0x0000000704d50000, 0x0000000704e73ab8)
        """;
    assertThat(HeapInfo.parse(printed).usedBytes()).isEqualTo((43401L + 1166L) << 10);
  }

  @Test
  void refusesAnUnknownCollector() {
    assertThatThrownBy(() -> HeapInfo.parse("Epsilon heap"))
        .isInstanceOf(LoadTestException.class)
        .hasMessageContaining("Epsilon");
  }
}
