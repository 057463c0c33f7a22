package dev.switchboard.store.encryption;

import java.nio.file.Path;

/** Where the master key comes from. */
public sealed interface KeySource {
  /** A file of the data directory, made at the first start with mode 0600. */
  record KeyFile(Path path) implements KeySource {}

  /** Given by the operator, usually through the environment: the base64 of 32 bytes. */
  record Given(String base64) implements KeySource {
    /** Hides the key. */
    @Override
    public String toString() {
      return "Given";
    }
  }

  /**
   * The key.
   *
   * @param needed whether something is encrypted with it already, so that a new one would not do
   * @throws KeyException when there is none, or it cannot be read
   */
  default MasterKey load(boolean needed) {
    return switch (this) {
      case KeyFile file -> KeyFiles.load(file.path(), needed);
      case Given given -> MasterKey.parse(given.base64(), "the configuration");
    };
  }
}
