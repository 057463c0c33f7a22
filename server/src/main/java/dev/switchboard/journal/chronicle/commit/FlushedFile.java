package dev.switchboard.journal.chronicle.commit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The file that is written to, flushed as a whole: entries, index and header alike. Chronicle's own
 * flush does not tell when the device fails, this one throws.
 */
public final class FlushedFile implements AutoCloseable {
  private final Path directory;
  private final Device device;
  private @Nullable Path path;
  private @Nullable FileChannel channel;
  private final AtomicLong flushes = new AtomicLong();

  public FlushedFile(Path directory, Device device) {
    this.directory = directory;
    this.device = device;
  }

  public long flushes() {
    return flushes.get();
  }

  /** What was made or deleted in a directory reaches the device. */
  public static void flushDirectory(Path directory) throws IOException {
    try (FileChannel listing = FileChannel.open(directory, StandardOpenOption.READ)) {
      listing.force(true);
    }
  }

  /** Names the file that is written to from here on; the one before is flushed. */
  void moveTo(Path next, boolean durably) throws IOException {
    if (next.equals(path)) {
      return;
    }
    if (durably) {
      flush();
    }
    close();
    path = next;
    channel = FileChannel.open(next, StandardOpenOption.READ, StandardOpenOption.WRITE);
    Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-------"));
    if (durably) {
      flushDirectory(directory);
    }
  }

  void flush() throws IOException {
    if (channel != null) {
      device.flush(channel);
      flushes.incrementAndGet();
    }
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
      path = null;
    }
  }
}
