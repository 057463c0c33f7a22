package dev.switchboard.interop.parity;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/**
 * Why Switchboard and the other client differ, by kind of stanza: {@code kind = reason}, or {@code
 * operation / kind = reason} where the reason holds for one operation only.
 */
final class Reasons {
  private static final String RESOURCE = "/wire-parity-reasons.properties";

  private final Properties reasons = new Properties();

  Reasons() {
    try (InputStream in =
        Objects.requireNonNull(Reasons.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      reasons.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<String> of(String operation, String kind) {
    return Optional.ofNullable(
        reasons.getProperty(operation + " / " + kind, reasons.getProperty(kind)));
  }
}
