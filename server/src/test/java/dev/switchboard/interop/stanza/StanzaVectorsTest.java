package dev.switchboard.interop.stanza;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.whatsapp.wire.codec.NodeDecoder;
import dev.switchboard.whatsapp.wire.codec.NodeEncoder;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our codec against what foreign clients encoded, recorded by {@code make-vectors.mjs}. */
class StanzaVectorsTest {
  static List<StanzaVector> ofBaileys() {
    return StanzaVector.of("baileys");
  }

  static List<StanzaVector> ofZapo() {
    return StanzaVector.of("zapo");
  }

  @ParameterizedTest
  @MethodSource({"ofBaileys", "ofZapo"})
  void readsWhatForeignClientsWrite(StanzaVector vector) {
    assertThat(SameStanza.canonical(NodeDecoder.decode(vector.encoded())))
        .isEqualTo(SameStanza.canonical(vector.node()));
  }

  @ParameterizedTest
  @MethodSource("ofBaileys")
  void writesTheBytesThatBaileysWrites(StanzaVector vector) {
    assertThat(NodeEncoder.encode(vector.node())).isEqualTo(vector.encoded());
  }
}
