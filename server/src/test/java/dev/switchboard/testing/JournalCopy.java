package dev.switchboard.testing;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** Copies the files of a log while they are written: what a kill leaves behind. */
public final class JournalCopy {
  private static final int BLOCK = 64 << 10;

  private JournalCopy() {}

  public static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.toString().endsWith("cq4t")) {
          copySparsely(file, to.resolve(file.getFileName()));
        }
      }
    }
  }

  /** The files are large and nearly empty. */
  private static void copySparsely(Path from, Path to) throws IOException {
    byte[] block = new byte[BLOCK];
    byte[] nothing = new byte[BLOCK];
    try (RandomAccessFile input = new RandomAccessFile(from.toFile(), "r");
        RandomAccessFile output = new RandomAccessFile(to.toFile(), "rw")) {
      output.setLength(input.length());
      for (long at = 0; at < input.length(); ) {
        int read = input.read(block);
        if (!Arrays.equals(block, 0, read, nothing, 0, read)) {
          output.seek(at);
          output.write(block, 0, read);
        }
        at += read;
      }
    }
  }
}
