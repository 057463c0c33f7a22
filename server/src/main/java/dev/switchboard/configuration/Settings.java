package dev.switchboard.configuration;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Reads single settings, and says which one is wrong. */
final class Settings {
  private Settings() {}

  static <E extends Enum<E>> E choice(Config config, String path, Class<E> choices) {
    String name = config.getString(path).toUpperCase(Locale.ROOT).replace('-', '_');
    return Arrays.stream(choices.getEnumConstants())
        .filter(constant -> constant.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new ConfigurationException(
                "configuration: "
                    + path
                    + " is one of "
                    + Arrays.toString(choices.getEnumConstants())));
  }

  static long bytes(Config config, String path, long least) {
    long value = config.getBytes(path);
    if (value < least) {
      throw new ConfigurationException(
          "configuration: " + path + " must be at least " + (least >> 20) + " MiB");
    }
    return value;
  }

  static int positive(Config config, String path) {
    int value = config.getInt(path);
    if (value < 1) {
      throw new ConfigurationException("configuration: " + path + " must be at least 1");
    }
    return value;
  }

  static Duration duration(Config config, String path) {
    Duration value = config.getDuration(path);
    if (value.isZero() || value.isNegative()) {
      throw new ConfigurationException("configuration: " + path + " must be longer than nothing");
    }
    return value;
  }

  /** A time that is no shorter than another setting. */
  static Duration duration(Config config, String path, String least) {
    Duration value = duration(config, path);
    if (value.compareTo(duration(config, least)) < 0) {
      throw new ConfigurationException(
          "configuration: " + path + " must not be shorter than " + least);
    }
    return value;
  }

  static Optional<String> text(Config config, String path) {
    return Optional.of(config.getString(path)).filter(value -> !value.isEmpty());
  }

  static Optional<Path> path(Config config, String path) {
    return text(config, path).map(Path::of);
  }
}
