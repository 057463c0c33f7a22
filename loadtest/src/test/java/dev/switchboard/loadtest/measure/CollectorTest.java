package dev.switchboard.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CollectorTest {
  @Test
  void readsTheCollectorAmongTheFlags() {
    assertThat(Collector.parse("3014:\n-XX:-UseNUMA -XX:+UseZGC -XX:ZYoungGCThreads=1 \n"))
        .isEqualTo("ZGC");
  }

  @Test
  void saysWhenThereIsNone() {
    assertThat(Collector.parse("3014:\n-XX:-UseG1GC\n")).isEqualTo("unknown");
  }
}
