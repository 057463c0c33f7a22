package dev.switchboard.interop.stanza;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.switchboard.whatsapp.wire.Content;
import dev.switchboard.whatsapp.wire.Node;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A stanza as a foreign client encodes it.
 *
 * @param name what it is, unique among one client's
 * @param encoded the flag byte and the node, as the client wrote them
 * @param node what was to be encoded
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never changed
record StanzaVector(String name, byte[] encoded, Node node) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** All stanzas that {@code make-vectors.mjs} recorded with that client. */
  static List<StanzaVector> of(String client) {
    String file = "/vectors/stanzas-" + client + ".json";
    try (InputStream input = Objects.requireNonNull(StanzaVector.class.getResourceAsStream(file))) {
      return stream(JSON.readTree(input).required("vectors")).map(StanzaVector::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a node as {@code node-json.mjs} writes it. */
  static Node node(JsonNode json) {
    Map<String, String> attributes = new LinkedHashMap<>();
    json.required("attrs")
        .properties()
        .forEach(e -> attributes.put(e.getKey(), e.getValue().asText()));
    return new Node(json.required("tag").asText(), attributes, content(json.required("content")));
  }

  @Override
  public String toString() {
    return name;
  }

  private static StanzaVector parse(JsonNode json) {
    return new StanzaVector(
        json.required("name").asText(),
        HexFormat.of().parseHex(json.required("hex").asText()),
        node(json.required("node")));
  }

  private static Content content(JsonNode json) {
    if (json.isNull()) {
      return Content.NONE;
    }
    if (json.isArray()) {
      return new Content.Children(stream(json).map(StanzaVector::node).toList());
    }
    return json.has("hex")
        ? new Content.Binary(HexFormat.of().parseHex(json.required("hex").asText()))
        : new Content.Text(json.required("text").asText());
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
