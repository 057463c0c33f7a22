package dev.switchboard.whatsapp.wire.frame;

import dev.switchboard.whatsapp.wire.WireException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a client sends before its first frame: "WA", 6 and the number of the dictionary, and before
 * that, where an earlier connection was told one, the routing information of the edge.
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out
public record ClientHeader(Optional<byte[]> routing) {
  /** The plain header; also the prologue of the Noise handshake. */
  private static final byte[] PLAIN = {'W', 'A', 6, 3};

  private static final byte[] ROUTING = "ED".getBytes(StandardCharsets.US_ASCII);
  private static final int ROUTING_PREFIX_BYTES = 7;
  private static final int MAXIMUM_ROUTING_BYTES = 4096;

  public ClientHeader {
    if (routing.isPresent() && routing.get().length > MAXIMUM_ROUTING_BYTES) {
      throw new WireException("routing information of more than 4096 bytes");
    }
    routing = routing.map(byte[]::clone);
  }

  /** A header without routing information. */
  public static ClientHeader plain() {
    return new ClientHeader(Optional.empty());
  }

  /** A header with what {@code ib/edge_routing} of an earlier connection said. */
  public static ClientHeader withRouting(byte[] routing) {
    return new ClientHeader(Optional.of(routing));
  }

  /** The four bytes that both sides mix into the Noise handshake. */
  public static byte[] prologue() {
    return PLAIN.clone();
  }

  @Override
  public Optional<byte[]> routing() {
    return routing.map(byte[]::clone);
  }

  /** The bytes as they are sent. */
  public byte[] toByteArray() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    routing.ifPresent(information -> {
      bytes.writeBytes(ROUTING);
      // 0 and 1 as independent clients write them; then three bytes of length.
      bytes.writeBytes(new byte[] {0, 1, 0});
      bytes.write(information.length >> 8);
      bytes.write(information.length);
      bytes.writeBytes(information);
    });
    bytes.writeBytes(PLAIN);
    return bytes.toByteArray();
  }

  /** How many bytes of the buffer are the header; empty until all of them are there. */
  static Optional<Integer> length(byte[] buffer) {
    int routingBytes = 0;
    if (startsWith(buffer, 0, ROUTING)) {
      if (buffer.length < ROUTING_PREFIX_BYTES) {
        return Optional.empty();
      }
      int length = ((buffer[4] & 0xff) << 16) | ((buffer[5] & 0xff) << 8) | (buffer[6] & 0xff);
      if (length > MAXIMUM_ROUTING_BYTES) {
        throw new WireException("routing information of more than 4096 bytes");
      }
      routingBytes = ROUTING_PREFIX_BYTES + length;
    }
    if (!startsWith(buffer, routingBytes, PLAIN)) {
      throw new WireException("the client does not begin with the header");
    }
    int total = routingBytes + PLAIN.length;
    return buffer.length < total ? Optional.empty() : Optional.of(total);
  }

  /** Reads a whole header. */
  static ClientHeader parse(byte[] bytes) {
    return bytes.length == PLAIN.length
        ? plain()
        : withRouting(Arrays.copyOfRange(bytes, ROUTING_PREFIX_BYTES, bytes.length - PLAIN.length));
  }

  /** Whether what is there of the buffer agrees with the expected bytes. */
  private static boolean startsWith(byte[] buffer, int from, byte[] expected) {
    int available = Math.clamp(buffer.length - from, 0, expected.length);
    return Arrays.equals(
        buffer,
        Math.min(from, buffer.length),
        Math.min(from, buffer.length) + available,
        expected,
        0,
        available);
  }
}
