package dev.switchboard.store.webhook;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/** Writes and reads what is sealed. What is written begins with its version. */
final class Bytes {
  private static final int VERSION = 1;

  private Bytes() {}

  /** Writes one thing. */
  interface Writer {
    void write(DataOutputStream output) throws IOException;
  }

  /** Reads one thing. */
  interface Reader<T> {
    T read(DataInputStream input) throws IOException;
  }

  static byte[] written(Writer writer) {
    var bytes = new ByteArrayOutputStream();
    try (var output = new DataOutputStream(bytes)) {
      output.writeByte(VERSION);
      writer.write(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static <T> T read(byte[] bytes, Reader<T> reader) {
    try (var input = new DataInputStream(new ByteArrayInputStream(bytes))) {
      var version = input.readByte();
      if (version != VERSION) {
        throw new IllegalStateException("stored by another version: " + version);
      }
      return reader.read(input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(DataOutputStream output, Instant time) throws IOException {
    output.writeLong(time.getEpochSecond());
    output.writeInt(time.getNano());
  }

  static Instant instant(DataInputStream input) throws IOException {
    return Instant.ofEpochSecond(input.readLong(), input.readInt());
  }

  static void write(DataOutputStream output, Optional<Instant> time) throws IOException {
    output.writeBoolean(time.isPresent());
    if (time.isPresent()) {
      write(output, time.get());
    }
  }

  static Optional<Instant> optionalInstant(DataInputStream input) throws IOException {
    return input.readBoolean() ? Optional.of(instant(input)) : Optional.empty();
  }
}
