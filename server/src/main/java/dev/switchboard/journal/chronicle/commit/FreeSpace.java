package dev.switchboard.journal.chronicle.commit;

import java.io.File;
import java.nio.file.Path;

/**
 * Whether the disk has room. Asked once for each group of entries: it costs a system call of about
 * a microsecond.
 */
public final class FreeSpace {
  /**
   * What an entry takes beside its bytes, and a new file before its first entry, with some to
   * spare.
   */
  private static final long OVERHEAD = 256 << 10;

  private final File directory;
  private final long reserved;

  public FreeSpace(Path directory, long reserved) {
    this.directory = directory.toFile();
    this.reserved = reserved;
  }

  public boolean hasRoomFor(long bytes) {
    return directory.getUsableSpace() - reserved >= bytes + OVERHEAD;
  }
}
