package dev.switchboard.model.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.model.GatewayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageContentTest {
  @Test
  void takesTextUpToExactlyTheLimitInBytes() {
    assertThat(MessageContent.Text.outbound("a".repeat(65_536)).body()).hasSize(65_536);
    assertThat(MessageContent.Text.outbound("é".repeat(32_768)).body()).hasSize(32_768);
    assertRefused("a".repeat(65_537));
    assertRefused("é".repeat(32_768) + "a");
    assertRefused("");
  }

  @Test
  void hidesWhatIsSaid() {
    assertThat(new MessageContent.Text("a secret").toString()).doesNotContain("secret");
    assertThat(new MessageContent.Unsupported("poll", new byte[] {65}).toString())
        .isEqualTo("Unsupported[poll, 1 bytes]");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 129})
  void refusesMessageIdOfWrongLength(int length) {
    assertThatThrownBy(() -> new MessageId("A".repeat(length)))
        .isInstanceOf(GatewayException.class);
    assertThat(new MessageId("A".repeat(128)).value()).hasSize(128);
  }

  private static void assertRefused(String text) {
    assertThatThrownBy(() -> MessageContent.Text.outbound(text))
        .isInstanceOfSatisfying(
            GatewayException.class, e -> assertThat(e.field()).contains("text.body"));
  }
}
