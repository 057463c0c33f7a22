package dev.switchboard.loadtest.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void alignsNumbersRight() {
    assertThat(new Table("class", "KB").row("[B", "1024").row("String", "7"))
        .hasToString(
            """
            | class  |   KB |
            |--------|-----:|
            | [B     | 1024 |
            | String |    7 |
            """);
  }

  @Test
  void refusesARowOfAnotherLength() {
    assertThatThrownBy(() -> new Table("a", "b").row("1"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
