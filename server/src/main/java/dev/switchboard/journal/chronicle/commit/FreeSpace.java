package dev.switchboard.journal.chronicle.commit;

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

  private final Path directory;
  private final Device device;
  private final long reserved;

  public FreeSpace(Path directory, Device device, long reserved) {
    this.directory = directory;
    this.device = device;
    this.reserved = reserved;
  }

  public boolean hasRoomFor(long bytes) {
    return device.usable(directory) - reserved >= bytes + OVERHEAD;
  }
}
