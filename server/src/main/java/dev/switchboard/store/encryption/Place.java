package dev.switchboard.store.encryption;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The row that a value belongs to. It is authenticated with the value, so that a value moved to
 * another row is refused.
 */
public record Place(String table, List<String> key) {
  public Place {
    key = List.copyOf(key);
  }

  public static Place of(String table, String... key) {
    return new Place(table, List.of(key));
  }

  /** Unambiguous: every part is preceded by its length. */
  byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    try (var output = new DataOutputStream(bytes)) {
      writePart(output, table);
      for (var part : key) {
        writePart(output, part);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void writePart(DataOutputStream output, String part) throws IOException {
    var bytes = part.getBytes(StandardCharsets.UTF_8);
    output.writeInt(bytes.length);
    output.write(bytes);
  }
}
