package dev.switchboard.whatsapp.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelockTest {
  private static final Timelock LOCKED = new Timelock(true, Instant.ofEpochSecond(1_798_675_200L));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":{\"xwa2_x\":{\"is_active\":true,\"time_enforcement_ends\":\"1798675200\"}}}",
        "{\"is_active\": true, \"enforcement_type\": \"X\", \"time_enforcement_ends\": 1798675200}",
        "{\"time_enforcement_ends\":1798675200,\"is_active\":true}"
      })
  void readsTheEndAsTextOrNumberWhereverItStands(String json) {
    assertThat(Timelock.parse(json)).contains(LOCKED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"is_active\":true}",
        "{\"is_active\":true,\"time_enforcement_ends\":\"0\"}",
        "{\"is_active\":true,\"time_enforcement_ends\":null}",
        "{\"is_active\":true,\"time_enforcement_ends\":\"999999999999999\"}"
      })
  void isActiveWithoutASensibleEnd(String json) {
    assertThat(Timelock.parse(json)).contains(new Timelock(true, null));
  }

  @Test
  void hasNoEndWhenItIsNotActive() {
    assertThat(Timelock.parse("{\"is_active\":false,\"time_enforcement_ends\":\"1798675200\"}"))
        .contains(new Timelock(false, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "null", "{\"data\":null}", "{\"is_active\":\"true\"}"})
  void saysNothingWhereNothingIsSaid(String json) {
    assertThat(Timelock.parse(json)).isEmpty();
  }

  @Test
  void doesNotReadWhatIsTooLong() {
    assertThat(Timelock.parse("{\"is_active\":true}" + " ".repeat(9_000))).isEmpty();
  }
}
