package dev.switchboard.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;

/** What is done with whole folders. */
final class Directories {
  private Directories() {}

  static Path parentOf(Path path) {
    var parent = path.getParent();
    if (parent == null) {
      throw new IllegalArgumentException(path + " has no parent folder");
    }
    return parent;
  }

  static String nameOf(Path path) {
    return String.valueOf(path.getFileName());
  }

  /** Renames {@code from}; when another process was faster, its result stays. */
  static void moveUnlessPresent(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.isDirectory(to)) {
        throw e;
      }
    }
  }

  /** Deletes a folder of ours with all it holds; links are removed, never followed. */
  static void deleteAll(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (var files = Files.walk(directory)) {
      for (var file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(file);
      }
    }
  }
}
