package dev.switchboard.whatsapp.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.WireException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the bytes: a node or a WireException. Seeded, so that a failure can be repeated. */
class NodeDecoderFuzzTest {
  private static final int ROUNDS = Integer.getInteger("switchboard.fuzz.inputs", 220_000);
  private static final int LONGEST_SEED = 4_000;
  private static final long SEED = 20_260_701L;
  private static final int[] STRUCTURE = {
    0, 1, 5, 236, 239, 245, 246, 247, 248, 249, 250, 251, 252, 253, 254, 255
  };

  private final Random random = new Random(SEED);
  private int nodes;

  @Test
  void endsWithANodeOrAWireException() throws IOException {
    List<byte[]> seeds =
        BaileysVectorsTest.vectors()
            .map((JsonNode vector) ->
                NodeEncoder.encode(BaileysVectorsTest.node(vector.get("node"))))
            .filter(bytes -> bytes.length < LONGEST_SEED)
            .toList();
    for (int round = 0; round < ROUNDS; round++) {
      byte[] input =
          switch (round % 8) {
            case 0, 1 -> randomBytes();
            case 2, 3 -> structure();
            case 4, 5, 6 -> mutated(seeds.get(random.nextInt(seeds.size())));
            default -> compressed(mutated(seeds.get(random.nextInt(seeds.size()))));
          };
      decode(input, round);
    }
    System.out.printf("NodeDecoder: %d inputs, %d of them nodes%n", ROUNDS, nodes);
    assertThat(nodes).isPositive().isLessThan(ROUNDS);
  }

  private void decode(byte[] input, int round) {
    try {
      Node node = NodeDecoder.decode(input);
      nodes++;
      byte[] again = NodeEncoder.encode(node);
      assertThat(NodeDecoder.decode(again)).isNotNull();
    } catch (WireException _) {
      // What is meant to happen.
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("round " + round + " of seed " + SEED, e);
    }
  }

  private byte[] randomBytes() {
    byte[] bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    if (bytes.length > 0) {
      bytes[0] &= (byte) ~Tag.COMPRESSED;
    }
    return bytes;
  }

  /** Mostly the bytes that begin lists, strings and JIDs, so that they nest. */
  private byte[] structure() {
    byte[] bytes = new byte[1 + random.nextInt(400)];
    for (int i = 1; i < bytes.length; i++) {
      bytes[i] = (byte) STRUCTURE[random.nextInt(STRUCTURE.length)];
    }
    return bytes;
  }

  private byte[] mutated(byte[] seed) {
    byte[] bytes = seed.clone();
    int changes = random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      bytes[1 + random.nextInt(bytes.length - 1)] =
          (byte)
              (random.nextBoolean()
                  ? random.nextInt(256)
                  : STRUCTURE[random.nextInt(STRUCTURE.length)]);
    }
    return random.nextInt(3) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 8)) : bytes;
  }

  /** A broken zlib stream, by turning on the flag of plain bytes. */
  private static byte[] compressed(byte[] plain) {
    if (plain.length > 0) {
      plain[0] |= Tag.COMPRESSED;
    }
    return plain;
  }
}
