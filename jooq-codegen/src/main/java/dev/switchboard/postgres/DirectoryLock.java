package dev.switchboard.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Held by the one JVM that serves a folder; the operating system frees it however the JVM ends. */
final class DirectoryLock implements AutoCloseable {
  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  static DirectoryLock acquire(Path file) {
    try {
      var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!lock(channel)) {
        channel.close();
        throw new PostgresException(
            Directories.parentOf(file) + " is in use by another running Switchboard.");
      }
      return new DirectoryLock(channel);
    } catch (IOException e) {
      throw new PostgresException("Cannot lock " + file + ": " + e, e);
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      // The lock lives as long as the channel.
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new PostgresException("Cannot release the lock of the PostgreSQL folder", e);
    }
  }
}
