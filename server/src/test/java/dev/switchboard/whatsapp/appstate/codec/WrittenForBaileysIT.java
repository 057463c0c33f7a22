package dev.switchboard.whatsapp.appstate.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.ByteString;
import dev.switchboard.whatsapp.proto.SyncActionData;
import dev.switchboard.whatsapp.proto.SyncActionValue;
import dev.switchboard.whatsapp.proto.SyncdMutation.SyncdOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Baileys reads, and verifies, what we write. */
@Execution(ExecutionMode.CONCURRENT)
class WrittenForBaileysIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path DECODER = Path.of("src", "test", "peers", "decode-appstate.mjs");
  private static final String NAME = "critical_block";
  private static final String OWN_NAME = "[\"setting_pushName\"]";
  private static final String LOCALE = "[\"setting_locale\"]";

  @TempDir Path folder;

  @Test
  void baileysVerifiesOurPatches() throws IOException, InterruptedException {
    SyncKey key = SyncKey.of(BaileysCollection.keyId(), BaileysCollection.sharedKey());
    PatchWriter writer = new PatchWriter(key, new Random(1));
    Contents contents = new Contents();
    List<String> patches = new ArrayList<>();
    for (var change :
        List.of(
            Map.entry(SyncdOperation.SET, name("Ada")),
            Map.entry(SyncdOperation.SET, locale("en")),
            Map.entry(SyncdOperation.SET, name("Ada L.")),
            Map.entry(SyncdOperation.REMOVE, locale("en")),
            Map.entry(SyncdOperation.SET, locale("de")))) {
      PatchWriter.Written written =
          writer.write(NAME, contents.position, contents, change.getKey(), change.getValue());
      contents.take(written.result());
      patches.add(HexFormat.of().formatHex(written.bytes()));
    }

    JsonNode read = decodeWithBaileys(patches);

    assertThat(read.required("version").asLong()).isEqualTo(5);
    assertThat(read.required("hash").asText())
        .isEqualTo(HexFormat.of().formatHex(contents.position.hash().bytes()));
    assertThat(read.required("mutations").required(OWN_NAME).asText())
        .isEqualTo(HexFormat.of().formatHex(name("Ada L.").getValue().toByteArray()));
    assertThat(read.required("mutations").required(LOCALE).asText())
        .isEqualTo(HexFormat.of().formatHex(locale("de").getValue().toByteArray()));
  }

  private JsonNode decodeWithBaileys(List<String> patches)
      throws IOException, InterruptedException {
    String keyData = HexFormat.of().formatHex(BaileysCollection.sharedKey());
    Path input =
        Files.writeString(
            folder.resolve("patches"),
            JSON.writeValueAsString(Map.of("name", NAME, "keyData", keyData, "patches", patches)));
    Path output = folder.resolve("read");
    Process process =
        new ProcessBuilder("node", DECODER.toString())
            .redirectInput(input.toFile())
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.waitFor()).isZero();
    return JSON.readTree(Files.readString(output));
  }

  private static SyncActionData name(String name) {
    return data(
        OWN_NAME,
        SyncActionValue.newBuilder()
            .setPushNameSetting(SyncActionValue.PushNameSetting.newBuilder().setName(name)));
  }

  private static SyncActionData locale(String locale) {
    return data(
        LOCALE,
        SyncActionValue.newBuilder()
            .setLocaleSetting(SyncActionValue.LocaleSetting.newBuilder().setLocale(locale)));
  }

  private static SyncActionData data(String index, SyncActionValue.Builder value) {
    return SyncActionData.newBuilder()
        .setIndex(ByteString.copyFromUtf8(index))
        .setValue(value.setTimestamp(1_760_000_000_000L))
        .setPadding(ByteString.EMPTY)
        .setVersion(1)
        .build();
  }
}
