package dev.switchboard.webhook.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomHeadersTest {
  @Test
  void keepsNamesInSmallLettersAndValuesAsTheyAre() {
    assertThat(CustomHeaders.checked(Map.of("X-Token", "a B c", "Authorization", "Basic eDp5")))
        .containsExactly(Map.entry("authorization", "Basic eDp5"), Map.entry("x-token", "a B c"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host",
        "Content-Length",
        "content-type",
        "Transfer-Encoding",
        "CONNECTION",
        "Keep-Alive",
        "Proxy-Authorization",
        "Proxy-Connection",
        "Upgrade",
        "HTTP2-Settings",
        "TE",
        "Trailer",
        "Expect",
        "User-Agent",
        "webhook-id",
        "Webhook-Signature",
        "switchboard-attempt",
        "Switchboard-Anything"
      })
  void refusesWhatTheGatewaySetsItself(String name) {
    refused(Map.of(name, "x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "a b", "a:b", ":path", "a\r\nHost", "ä", "a(b", "a\u0000", "a/b"})
  void refusesANameThatIsNoToken(String name) {
    refused(Map.of(name, "x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        " a",
        "a ",
        "a\r\nhost: b",
        "a\nb",
        "a\rb",
        "a\tb",
        "a\u0000",
        "ä",
        "a\u007f"
      })
  void refusesAValueThatCouldBeReadInTwoWays(String value) {
    refused(Map.of("x-a", value));
  }

  @Test
  void refusesOneNameWrittenTwice() {
    refused(Map.of("x-a", "1", "X-A", "2"));
  }

  @Test
  void takesTwentyHeadersAndNoMore() {
    assertThat(CustomHeaders.checked(headers(20))).hasSize(20);
    refused(headers(21));
  }

  @Test
  void takesFourKibibytesAndNoMore() {
    assertThat(CustomHeaders.checked(Map.of("x-a", "v".repeat(4093)))).hasSize(1);
    refused(Map.of("x-a", "v".repeat(4094)));
  }

  @Test
  void tellsNobodyAValue() {
    assertThatThrownBy(() -> CustomHeaders.checked(Map.of("x-a", "se\tcret")))
        .hasMessageNotContaining("cret");
  }

  private static Map<String, String> headers(int count) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      headers.put("x-" + i, "v");
    }
    return headers;
  }

  private static void refused(Map<String, String> headers) {
    assertThatThrownBy(() -> CustomHeaders.checked(headers))
        .asInstanceOf(InstanceOfAssertFactories.type(GatewayException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.INVALID_FIELD))
        .satisfies(e -> assertThat(e.field()).contains("headers"));
  }
}
