package dev.switchboard.grpc.event;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Writes a message to bytes once and knows them again by the object, as long as it is among the
 * last: a few, 4 MiB at most; long ones are written each time. Safe for use by many threads.
 */
final class SharedBytes<T> implements PrototypeMarshaller<T> {
  /** A power of two. */
  private static final int KEPT = 512;

  private static final int LONGEST_KEPT = 8 << 10;

  private final PrototypeMarshaller<T> marshaller;
  private final AtomicReferenceArray<@Nullable Written> written = new AtomicReferenceArray<>(KEPT);

  /** A message with its bytes, which nobody changes. */
  @SuppressWarnings("ArrayRecordComponent") // Handed through and never compared.
  private record Written(Object message, byte[] bytes) {}

  SharedBytes(PrototypeMarshaller<T> marshaller) {
    this.marshaller = marshaller;
  }

  @Override
  @SuppressWarnings(
      "ReferenceEquality") // To compare what they say would take longer than to write.
  public InputStream stream(T message) {
    int slot = System.identityHashCode(message) & (KEPT - 1);
    Written known = written.get(slot);
    if (known != null && known.message() == message) {
      return new Bytes(known.bytes());
    }
    byte[] bytes = bytes(message);
    if (bytes.length <= LONGEST_KEPT) {
      written.set(slot, new Written(message, bytes));
    }
    return new Bytes(bytes);
  }

  @Override
  public T parse(InputStream stream) {
    return marshaller.parse(stream);
  }

  @Override
  public @Nullable T getMessagePrototype() {
    return marshaller.getMessagePrototype();
  }

  @Override
  public Class<T> getMessageClass() {
    return marshaller.getMessageClass();
  }

  private byte[] bytes(T message) {
    try (InputStream stream = marshaller.stream(message)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("a message in memory cannot be read", e);
    }
  }

  /** What gRPC takes in one piece. */
  private static final class Bytes extends ByteArrayInputStream implements KnownLength, Drainable {
    Bytes(byte[] bytes) {
      super(bytes);
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
      int length = count - pos;
      target.write(buf, pos, length);
      pos = count;
      return length;
    }
  }
}
