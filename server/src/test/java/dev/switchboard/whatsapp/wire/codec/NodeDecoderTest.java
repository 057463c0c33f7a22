package dev.switchboard.whatsapp.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.WireException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeDecoderTest {
  private static final DecoderLimits SMALL = new DecoderLimits(4, 10, 1000);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "0000",
        "00f800",
        "00f801",
        "00f80105ff",
        "00f80100",
        "00f801fafa0303",
        "00f801f0",
        "00f801ec",
        "00f801ff01cc",
        "00f801ff80",
        "00f801fcff41",
        "00f801feffffffff",
        "00f802050000",
        "0203",
        "02789c",
        "00f8050506070607",
        "00f80205f803"
      })
  void refusesBrokenBytes(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThatThrownBy(() -> NodeDecoder.decode(bytes)).isInstanceOf(WireException.class);
  }

  @Test
  void refusesEveryTruncation() {
    byte[] bytes = NodeEncoder.encode(Node.of("iq", Map.of("to", "1:2@lid"), Node.of("ping")));
    for (int length = 0; length < bytes.length; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> NodeDecoder.decode(part)).isInstanceOf(WireException.class);
    }
  }

  @Test
  void allowsNodesUpToTheDepthAndNoDeeper() {
    assertThat(NodeDecoder.decode(NodeEncoder.encode(nested(4)), SMALL)).isEqualTo(nested(4));
    byte[] tooDeep = NodeEncoder.encode(nested(5));
    assertThatThrownBy(() -> NodeDecoder.decode(tooDeep, SMALL)).isInstanceOf(WireException.class);
    byte[] muchTooDeep = new byte[1_000_000];
    for (int i = 1; i + 2 < muchTooDeep.length; i += 4) {
      muchTooDeep[i] = (byte) Tag.LIST_8;
      muchTooDeep[i + 1] = 2;
      muchTooDeep[i + 2] = 5;
      if (i + 4 < muchTooDeep.length) {
        muchTooDeep[i + 3] = (byte) Tag.LIST_8;
        muchTooDeep[i + 4] = 1;
        i++;
      }
    }
    assertThatThrownBy(() -> NodeDecoder.decode(muchTooDeep)).isInstanceOf(WireException.class);
  }

  @Test
  void allowsItemsUpToTheLimitAndNoMore() {
    Node[] nine = new Node[9];
    Arrays.fill(nine, Node.of("item"));
    Node[] ten = new Node[10];
    Arrays.fill(ten, Node.of("item"));
    assertThat(NodeDecoder.decode(NodeEncoder.encode(Node.of("list", nine)), SMALL).children())
        .hasSize(9);
    byte[] tooMany = NodeEncoder.encode(Node.of("list", ten));
    assertThatThrownBy(() -> NodeDecoder.decode(tooMany, SMALL)).isInstanceOf(WireException.class);
  }

  @Test
  void inflatesUpToTheLimitAndNoMore() {
    Node fits = Node.of("a", new byte[900]);
    assertThat(NodeDecoder.decode(NodeEncoder.encodeCompressed(fits), SMALL)).isEqualTo(fits);
    byte[] bomb = NodeEncoder.encodeCompressed(Node.of("a", new byte[1001]));
    assertThatThrownBy(() -> NodeDecoder.decode(bomb, SMALL)).isInstanceOf(WireException.class);
  }

  @Test
  void stopsAZipBombAtTheDefaultLimit() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(Tag.COMPRESSED);
    Deflater deflater = new Deflater(9);
    byte[] zeros = new byte[1 << 20];
    byte[] chunk = new byte[1 << 16];
    for (int i = 0; i < 200; i++) {
      deflater.setInput(zeros);
      while (!deflater.needsInput()) {
        bytes.write(chunk, 0, deflater.deflate(chunk));
      }
    }
    deflater.end();
    assertThatThrownBy(() -> NodeDecoder.decode(bytes.toByteArray()))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("larger");
  }

  @Test
  void refusesBytesBehindTheNode() {
    byte[] plain = NodeEncoder.encode(Node.of("iq"));
    byte[] compressed = NodeEncoder.encodeCompressed(Node.of("iq"));
    for (byte[] bytes : new byte[][] {plain, compressed}) {
      byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
      assertThatThrownBy(() -> NodeDecoder.decode(longer)).isInstanceOf(WireException.class);
    }
  }

  private static Node nested(int depth) {
    return depth == 1 ? Node.of("a") : Node.of("a", nested(depth - 1));
  }
}
