package dev.switchboard.interop.peer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Something a peer told about itself: one line of its stdout. */
public record PeerEvent(String name, JsonNode fields) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static PeerEvent parse(String line) {
    try {
      JsonNode fields = JSON.readTree(line);
      return new PeerEvent(fields.required("event").asText(), fields);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IllegalArgumentException("a peer printed what is no event: " + line, e);
    }
  }

  /** The value of a field, or the empty text where the event has none. */
  public String text(String field) {
    return fields.path(field).asText("");
  }

  boolean has(String field, String value) {
    return text(field).equals(value);
  }

  @Override
  public String toString() {
    return fields.toString();
  }
}
