package dev.switchboard;

import dev.switchboard.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one server, claimed by one process at a time. A directory that holds something
 * else is refused and left as it is.
 */
public final class DataDirectory implements AutoCloseable {
  private static final String MARK = "switchboard.version";
  private static final String FORMAT = "1";

  private final FileChannel channel;
  private final FileLock lock;

  private DataDirectory(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Creates or recognises the directory and locks it.
   *
   * @throws ConfigurationException when it cannot be used, saying why
   */
  public static DataDirectory claim(Path directory) {
    try {
      create(directory);
      Path mark = directory.resolve(MARK);
      if (Files.exists(mark)) {
        requireFormat(directory, mark);
      } else {
        requireEmpty(directory);
        Files.writeString(mark, FORMAT + "\n", StandardCharsets.US_ASCII);
      }
      return lock(directory, mark);
    } catch (IOException e) {
      throw new ConfigurationException("cannot use the data directory " + directory + ": " + e, e);
    }
  }

  @Override
  public void close() throws IOException {
    lock.release();
    channel.close();
  }

  private static void create(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Files.createDirectories(directory);
    if (Files.getFileAttributeView(directory, PosixFileAttributeView.class) != null) {
      // Others may pass through, since the embedded PostgreSQL may run as a user of its own.
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    }
  }

  private static void requireFormat(Path directory, Path mark) throws IOException {
    String format = Files.readString(mark, StandardCharsets.US_ASCII).strip();
    if (!format.equals(FORMAT)) {
      throw new ConfigurationException(
          "the data directory "
              + directory
              + " was written by another version (format "
              + format
              + ", this one reads "
              + FORMAT
              + "); nothing was changed");
    }
  }

  private static void requireEmpty(Path directory) throws IOException {
    try (Stream<Path> content = Files.list(directory)) {
      if (content.findAny().isPresent()) {
        throw new ConfigurationException(
            "the directory "
                + directory
                + " holds something that is not Switchboard's; give an empty one with --data."
                + " Nothing was changed");
      }
    }
  }

  private static DataDirectory lock(Path directory, Path mark) throws IOException {
    FileChannel channel = FileChannel.open(mark, StandardOpenOption.WRITE);
    FileLock lock = tryLock(channel);
    if (lock == null) {
      channel.close();
      throw new ConfigurationException(
          "the data directory " + directory + " is in use by another process");
    }
    return new DataDirectory(channel, lock);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }
}
