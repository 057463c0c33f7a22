package dev.switchboard.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.model.GatewayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokenTest {
  @Test
  void leadsBackToItsKey() {
    assertThat(PageToken.decode("things", new PageToken("things", "a|b").encode()))
        .isEqualTo("a|b");
    assertThat(PageToken.decodeNumber("things", new PageToken("things", "42").encode()))
        .isEqualTo(42L);
    assertThat(PageToken.decode("things", "")).isEmpty();
    assertThat(PageToken.decodeNumber("things", "")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%%%", "AAAA", "b3RoZXJ8MQ"})
  void refusesWhatThisListDidNotReturn(String token) {
    assertThatThrownBy(() -> PageToken.decode("things", token))
        .isInstanceOfSatisfying(
            GatewayException.class, e -> assertThat(e.field()).contains("page_token"));
  }

  @Test
  void refusesWordsWhereANumberBelongs() {
    String token = new PageToken("things", "many").encode();
    assertThatThrownBy(() -> PageToken.decodeNumber("things", token))
        .isInstanceOf(GatewayException.class);
  }
}
