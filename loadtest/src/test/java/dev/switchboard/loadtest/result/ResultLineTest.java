package dev.switchboard.loadtest.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResultLineTest {
  @Test
  void keepsTheOrderAndOneDecimal() {
    assertThat(new ResultLine("idle").with("accounts", 500).with("heap_kb_per_account", 31.25))
        .hasToString("RESULT idle accounts=500 heap_kb_per_account=31.3");
  }
}
