package dev.switchboard.whatsapp.appstate.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A collection as Baileys made it: its patches, what each comes to, and a snapshot of the last. */
@SuppressWarnings("ArrayRecordComponent") // Handed on and never compared.
public record BaileysCollection(String name, SyncKeys keys, List<Step> steps, byte[] snapshot) {
  private static final String FILE = "/vectors/appstate-baileys.json";

  @SuppressWarnings("ArrayRecordComponent") // Compared by component only.
  public record Step(
      byte[] patch,
      long version,
      byte[] hash,
      String index,
      byte[] value,
      int actionVersion,
      boolean removes) {}

  public static List<BaileysCollection> all() {
    JsonNode file = file();
    SyncKeys keys = onlyKey(keyId(), sharedKey());
    List<BaileysCollection> all = new ArrayList<>();
    for (JsonNode each : file.required("collections")) {
      List<Step> steps = new ArrayList<>();
      each.required("steps").forEach(step -> steps.add(step(step)));
      all.add(
          new BaileysCollection(
              each.required("name").asText(), keys, steps, bytes(each, "snapshot")));
    }
    return all;
  }

  public static BaileysCollection named(String name) {
    return all().stream().filter(each -> each.name.equals(name)).findFirst().orElseThrow();
  }

  public static ByteString keyId() {
    return ByteString.copyFrom(bytes(file(), "keyId"));
  }

  public static byte[] sharedKey() {
    return bytes(file(), "keyData");
  }

  public static SyncKeys onlyKey(ByteString id, byte[] shared) {
    SyncKey key = SyncKey.of(id, shared);
    return asked -> asked.equals(id) ? Optional.of(key) : Optional.empty();
  }

  private static JsonNode file() {
    try (InputStream in = BaileysCollection.class.getResourceAsStream(FILE)) {
      return JsonMapper.builder().build().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Step step(JsonNode step) {
    return new Step(
        bytes(step, "patch"),
        step.required("version").asLong(),
        bytes(step, "hash"),
        step.required("index").asText(),
        bytes(step, "value"),
        step.required("actionVersion").asInt(),
        step.required("removes").asBoolean());
  }

  private static byte[] bytes(JsonNode node, String field) {
    return HexFormat.of().parseHex(node.required(field).asText());
  }

  @Override
  public String toString() {
    return name;
  }
}
