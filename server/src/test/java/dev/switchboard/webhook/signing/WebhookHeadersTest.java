package dev.switchboard.webhook.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookHeadersTest {
  private static final String ID = "0196f0c8-5d10-7a3e-9c55-1b2a3c4d5e6f";
  private static final Instant AT = Instant.ofEpochSecond(1_796_000_000).plusMillis(999);
  private static final byte[] BODY = "{\"id\":\"ev_1\",\"text\":\"Grüße, 世界 🌍\"}".getBytes(UTF_8);
  private static final SigningKey NEW =
      SigningKey.parse("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
  private static final SigningKey OLD =
      SigningKey.parse("whsec_//79/Pv6+fj39vX08/Lx8O/u7ezr6uno5+bl5OPi4eA=");

  /** The example that the libraries of Standard Webhooks are tested with. */
  @Test
  void signsTheExampleOfStandardWebhooks() {
    var headers =
        WebhookHeaders.of(
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            Instant.ofEpochSecond(1_614_265_330),
            1,
            "{\"test\": 2432232314}".getBytes(UTF_8),
            List.of(SigningKey.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")),
            Map.of());
    assertThat(headers)
        .containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  /** Computed by node's crypto over the same bytes. */
  @Test
  void signsWithBothKeysWhileTheyAreChanged() {
    assertThat(WebhookHeaders.of(ID, AT, 3, BODY, List.of(NEW, OLD), Map.of()))
        .containsExactly(
            Map.entry("content-type", "application/json"),
            Map.entry("user-agent", "Switchboard"),
            Map.entry("webhook-id", ID),
            Map.entry("webhook-timestamp", "1796000000"),
            Map.entry(
                "webhook-signature",
                "v1,cbi89TbL6MS8kN8Ce8fQscH01YHsw0gJv09kjkZOAG8="
                    + " v1,KVszae1Uq18zufE5Fb5sR4WIWsipy2RbHgLU/bOfkts="),
            Map.entry("switchboard-attempt", "3"));
  }

  @Test
  void signsABodyOfNothing() {
    var headers = WebhookHeaders.of("e1", Instant.EPOCH, 1, new byte[0], List.of(NEW), Map.of());
    assertThat(headers)
        .containsEntry("webhook-signature", "v1,7IBADmLylOtgrMOXwNbp4aBe2e3m7qMMMR8OS4QNCmM=");
  }

  @Test
  void postsWhatTheCallerAddedBesideOurs() {
    var headers =
        WebhookHeaders.of(ID, AT, 1, BODY, List.of(NEW), Map.of("Authorization", "Bearer t"));
    assertThat(headers).containsEntry("authorization", "Bearer t").hasSize(7);
  }

  @Test
  void refusesMoreKeysThanMayLiveAndNone() {
    assertThatThrownBy(() -> WebhookHeaders.of(ID, AT, 1, BODY, List.of(), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> WebhookHeaders.of(ID, AT, 1, BODY, List.of(NEW, OLD, NEW), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.b", "a b", "a\r\nb", "ä"})
  void refusesAnIdThatCouldBeReadInTwoWays(String id) {
    assertThatThrownBy(() -> WebhookHeaders.of(id, AT, 1, BODY, List.of(NEW), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void changesWithEveryByteThatIsSigned() {
    byte[] other = Arrays.copyOf(BODY, BODY.length);
    other[5] ^= 1;
    assertThat(signature(ID, AT, BODY))
        .isNotEqualTo(signature(ID, AT, other))
        .isNotEqualTo(signature("x" + ID, AT, BODY))
        .isNotEqualTo(signature(ID, AT.plusSeconds(1), BODY))
        .isEqualTo(signature(ID, AT, BODY.clone()));
  }

  private static String signature(String id, Instant at, byte[] body) {
    return WebhookHeaders.of(id, at, 1, body, List.of(NEW), Map.of())
        .getOrDefault("webhook-signature", "");
  }
}
