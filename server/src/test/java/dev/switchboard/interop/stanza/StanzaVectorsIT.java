package dev.switchboard.interop.stanza;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.switchboard.whatsapp.wire.codec.NodeEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Foreign clients' codecs against what ours encodes. */
@Execution(ExecutionMode.CONCURRENT)
class StanzaVectorsIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path DECODER = Path.of("src", "test", "peers", "decode-vectors.mjs");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"baileys", "zapo"})
  void foreignClientsReadWhatWeWrite(String client) throws IOException, InterruptedException {
    List<StanzaVector> vectors = StanzaVector.of("baileys");

    Map<String, String> read = decodeWith(client, vectors);

    assertThat(read).isNotEmpty().isEqualTo(canonical(vectors));
  }

  private Map<String, String> decodeWith(String client, List<StanzaVector> vectors)
      throws IOException, InterruptedException {
    Path encoded =
        Files.write(
            folder.resolve("encoded"), vectors.stream().map(StanzaVectorsIT::encode).toList());
    Path decoded = folder.resolve("decoded");
    Process process =
        new ProcessBuilder("node", DECODER.toString(), client)
            .redirectInput(encoded.toFile())
            .redirectOutput(decoded.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.waitFor()).isZero();
    Map<String, String> nodes = new LinkedHashMap<>();
    for (String line : Files.readAllLines(decoded)) {
      JsonNode json = JSON.readTree(line);
      nodes.put(
          json.required("name").asText(),
          SameStanza.canonical(StanzaVector.node(json.required("node"))));
    }
    return nodes;
  }

  private static String encode(StanzaVector vector) {
    String hex = HexFormat.of().formatHex(NodeEncoder.encode(vector.node()));
    try {
      return JSON.writeValueAsString(Map.of("name", vector.name(), "hex", hex));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> canonical(List<StanzaVector> vectors) {
    Map<String, String> nodes = new LinkedHashMap<>();
    vectors.forEach(vector -> nodes.put(vector.name(), SameStanza.canonical(vector.node())));
    return nodes;
  }
}
