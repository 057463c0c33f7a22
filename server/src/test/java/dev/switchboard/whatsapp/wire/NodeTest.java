package dev.switchboard.whatsapp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeTest {
  private static final Node IQ =
      Node.builder("iq")
          .attribute("to", Jid.WHATSAPP)
          .attribute("id", 7)
          .attribute("absent", Optional.empty())
          .child(Node.of("list", Node.of("item", Map.of("id", "1")), Node.of("item")))
          .build();

  @Test
  void findsItsParts() {
    assertThat(IQ.requiredAttribute("to")).isEqualTo("@s.whatsapp.net");
    assertThat(IQ.jid("to")).contains(Jid.WHATSAPP);
    assertThat(IQ.attribute("absent")).isEmpty();
    assertThat(IQ.has("id", "7")).isTrue();
    assertThat(IQ.requiredChild("list").children("item")).hasSize(2);
    assertThat(IQ.descendant("list", "item").flatMap(item -> item.attribute("id"))).contains("1");
    assertThat(IQ.descendant("list", "other", "item")).isEmpty();
  }

  @Test
  void keepsTheOrderOfItsAttributes() {
    assertThat(IQ.attributes().keySet()).containsExactly("to", "id");
  }

  @Test
  void saysWhatItLacks() {
    assertThatThrownBy(() -> IQ.requiredAttribute("type"))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("type");
    assertThatThrownBy(() -> IQ.requiredChild("count")).isInstanceOf(WireException.class);
    assertThatThrownBy(IQ::bytes).isInstanceOf(WireException.class);
    assertThatThrownBy(() -> Node.of("")).isInstanceOf(WireException.class);
  }

  @Test
  void servesTextAsBytesAndBytesAsText() {
    assertThat(Node.builder("a").text("ü").build().bytes())
        .isEqualTo("ü".getBytes(StandardCharsets.UTF_8));
    assertThat(Node.of("a", "ü".getBytes(StandardCharsets.UTF_8)).text()).isEqualTo("ü");
  }

  @Test
  void cannotBeChangedThroughItsBytes() {
    byte[] bytes = {1};
    Node node = Node.of("a", bytes);
    bytes[0] = 2;
    node.bytes()[0] = 3;
    assertThat(node.bytes()).containsExactly(1);
  }

  @Test
  void printsNoValues() {
    assertThat(Node.of("a", Map.of("jid", "15550001000@s.whatsapp.net")).toString())
        .contains("jid")
        .doesNotContain("1555");
  }
}
