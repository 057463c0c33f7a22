package dev.switchboard.whatsapp.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.switchboard.whatsapp.crypto.Sha256;
import dev.switchboard.whatsapp.wire.Content;
import dev.switchboard.whatsapp.wire.Node;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of stanza, as an independent client encodes it. */
class BaileysVectorsTest {
  /** That client takes every text with an "@" for a JID; we only those of known servers. */
  private static final Set<String> READ_ONLY = Set.of("foreign-server");

  static Stream<JsonNode> vectors() throws IOException {
    try (InputStream json =
        Objects.requireNonNull(
            BaileysVectorsTest.class.getResourceAsStream("/vectors/baileys-nodes.json"))) {
      JsonNode vectors = new ObjectMapper().readTree(json).get("vectors");
      return StreamSupport.stream(vectors.spliterator(), false);
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void readsWhatTheClientMeant(JsonNode vector) {
    if (vector.has("encoded")) {
      Node decoded = NodeDecoder.decode(encoded(vector));
      assertThat(normal(decoded)).isEqualTo(normal(node(vector.get("node"))));
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void writesTheSameBytes(JsonNode vector) {
    byte[] ours = NodeEncoder.encode(node(vector.get("node")));
    if (vector.has("sha256")) {
      assertThat(HexFormat.of().formatHex(Sha256.hash(ours)))
          .isEqualTo(vector.get("sha256").asText());
      assertThat(NodeEncoder.encode(NodeDecoder.decode(ours))).isEqualTo(ours);
    } else if (!READ_ONLY.contains(vector.get("name").asText())) {
      assertThat(ours).isEqualTo(encoded(vector));
      assertThat(NodeEncoder.encode(NodeDecoder.decode(ours))).isEqualTo(ours);
      assertThat(NodeDecoder.decode(NodeEncoder.encodeCompressed(node(vector.get("node")))))
          .isEqualTo(NodeDecoder.decode(ours));
    }
  }

  private static byte[] encoded(JsonNode vector) {
    return HexFormat.of().parseHex(vector.get("encoded").asText());
  }

  static Node node(JsonNode json) {
    Map<String, String> attributes = new LinkedHashMap<>();
    json.get("attrs")
        .properties()
        .forEach(entry -> attributes.put(entry.getKey(), entry.getValue().asText()));
    return new Node(json.get("tag").asText(), attributes, content(json.get("content")));
  }

  private static Content content(JsonNode json) {
    if (json == null) {
      return Content.NONE;
    }
    if (json.isArray()) {
      List<Node> children = new ArrayList<>();
      json.forEach(child -> children.add(node(child)));
      return new Content.Children(children);
    }
    if (json.isTextual()) {
      return new Content.Text(json.asText());
    }
    return new Content.Binary(
        json.has("hex")
            ? HexFormat.of().parseHex(json.get("hex").asText())
            : generated(json.get("generated").asInt()));
  }

  private static byte[] generated(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (7 * i + 13);
    }
    return bytes;
  }

  /** Texts as bytes: plain ones cannot be told apart on the wire. */
  private static Node normal(Node node) {
    Content content =
        switch (node.content()) {
          case Content.Text(var text) -> new Content.Binary(text.getBytes(StandardCharsets.UTF_8));
          case Content.Children(var nodes) ->
              new Content.Children(nodes.stream().map(BaileysVectorsTest::normal).toList());
          case Content.None none -> none;
          case Content.Binary binary -> binary;
        };
    return new Node(node.tag(), node.attributes(), content);
  }
}
