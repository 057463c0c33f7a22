package dev.switchboard.webhook.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.model.GatewayException;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {
  @Test
  void readsWhatItSays() {
    SigningKey key = SigningKey.of(random());
    assertThat(key.text()).matches("whsec_[A-Za-z0-9+/]{43}=");
    assertThat(SigningKey.parse(key.text())).isEqualTo(key).hasSameHashCodeAs(key);
    assertThat(SigningKey.of(key.bytes())).isEqualTo(key);
  }

  @Test
  void showsNothingOfItself() {
    SigningKey key = SigningKey.of(random());
    assertThat(key).hasToString("SigningKey");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "whsec_",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS!",
        "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
      })
  void refusesWhatIsNoKey(String text) {
    assertThatThrownBy(() -> SigningKey.parse(text))
        .isInstanceOf(GatewayException.class)
        .hasMessageStartingWith("secret ");
  }

  @Test
  void takesKeysWithinTheBoundsOfStandardWebhooksOnly() {
    assertThat(SigningKey.of(new byte[24]).bytes()).hasSize(24);
    assertThat(SigningKey.of(new byte[64]).bytes()).hasSize(64);
    assertThatThrownBy(() -> SigningKey.of(new byte[23])).isInstanceOf(GatewayException.class);
    assertThatThrownBy(() -> SigningKey.of(new byte[65])).isInstanceOf(GatewayException.class);
  }

  private static byte[] random() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
