package dev.switchboard.whatsapp.wire.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.whatsapp.wire.WireException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameTest {
  private static final int LIMIT = 1000;
  private static final int FUZZ_ROUNDS = 200_000;

  @Test
  void sendsTheHeaderOnceWithTheFirstFrame() {
    FrameWriter writer = FrameWriter.ofClient(ClientHeader.plain());
    assertThat(writer.write(new byte[] {9})).containsExactly('W', 'A', 6, 3, 0, 0, 1, 9);
    assertThat(writer.write(new byte[] {8})).containsExactly(0, 0, 1, 8);
  }

  @Test
  void sendsRoutingInformationBeforeTheHeader() {
    FrameWriter writer = FrameWriter.ofClient(ClientHeader.withRouting(new byte[] {7, 7}));
    assertThat(writer.write(new byte[] {9}))
        .containsExactly('E', 'D', 0, 1, 0, 0, 2, 7, 7, 'W', 'A', 6, 3, 0, 0, 1, 9);
  }

  @Test
  void readsFramesHoweverTheyAreCut() {
    Random random = new Random(1);
    for (int round = 0; round < 500; round++) {
      boolean routed = random.nextBoolean();
      ClientHeader header =
          routed ? ClientHeader.withRouting(new byte[random.nextInt(300)]) : ClientHeader.plain();
      FrameWriter writer = FrameWriter.ofClient(header);
      List<byte[]> sent = new ArrayList<>();
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      for (int i = 0; i < 1 + random.nextInt(5); i++) {
        byte[] frame = new byte[random.nextInt(LIMIT + 1)];
        random.nextBytes(frame);
        sent.add(frame);
        stream.writeBytes(writer.write(frame));
      }
      FrameReader reader = FrameReader.ofServer(LIMIT);
      assertThat(readInPieces(reader, stream.toByteArray(), random))
          .containsExactlyElementsOf(sent);
      assertThat(reader.header().orElseThrow().routing().isPresent()).isEqualTo(routed);
    }
  }

  @Test
  void allowsFramesUpToTheLimitAndNoLarger() {
    byte[] fits = FrameWriter.ofServer().write(new byte[LIMIT]);
    assertThat(FrameReader.ofClient(LIMIT).read(fits)).hasSize(1);
    byte[] tooLarge = {0, 3, (byte) 0xe9};
    assertThatThrownBy(() -> FrameReader.ofClient(LIMIT).read(tooLarge))
        .isInstanceOf(WireException.class);
  }

  @Test
  void refusesAnotherHeaderAtItsFirstWrongByte() {
    for (String begin : List.of("X", "WX", "GET", "EX", "WA\u0006\u0002")) {
      byte[] bytes = begin.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
      assertThatThrownBy(() -> FrameReader.ofServer(LIMIT).read(bytes))
          .isInstanceOf(WireException.class);
    }
    byte[] longRouting = {'E', 'D', 0, 1, 1, 0, 0};
    assertThatThrownBy(() -> FrameReader.ofServer(LIMIT).read(longRouting))
        .isInstanceOf(WireException.class);
  }

  @Test
  void endsWithFramesOrAWireExceptionWhateverTheBytes() {
    Random random = new Random(2);
    int refused = 0;
    for (int round = 0; round < FUZZ_ROUNDS; round++) {
      FrameReader reader =
          random.nextBoolean() ? FrameReader.ofClient(LIMIT) : FrameReader.ofServer(LIMIT);
      try {
        for (int i = 0; i < 3; i++) {
          for (byte[] frame : reader.read(fuzz(random))) {
            assertThat(frame.length).isLessThanOrEqualTo(LIMIT);
          }
        }
      } catch (WireException _) {
        refused++;
      }
    }
    System.out.printf("FrameReader: %d streams, %d of them refused%n", FUZZ_ROUNDS, refused);
    assertThat(refused).isPositive().isLessThan(FUZZ_ROUNDS);
  }

  private static byte[] fuzz(Random random) {
    byte[] bytes = new byte[random.nextInt(40)];
    if (random.nextInt(8) == 0) {
      random.nextBytes(bytes);
    } else {
      // Mostly small numbers: otherwise nearly every length is beyond the limit at once.
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (random.nextInt(8) / 7);
      }
    }
    byte[] begin = random.nextBoolean() ? ClientHeader.plain().toByteArray() : new byte[] {0, 0, 3};
    if (random.nextBoolean()) {
      System.arraycopy(begin, 0, bytes, 0, Math.min(begin.length, bytes.length));
    }
    return bytes;
  }

  private static List<byte[]> readInPieces(FrameReader reader, byte[] stream, Random random) {
    List<byte[]> frames = new ArrayList<>();
    int position = 0;
    while (position < stream.length) {
      int end =
          Math.min(stream.length, position + 1 + random.nextInt(random.nextBoolean() ? 3 : 2000));
      frames.addAll(reader.read(Arrays.copyOfRange(stream, position, end)));
      position = end;
    }
    return frames;
  }
}
