package dev.switchboard.journal.chronicle;

import dev.switchboard.journal.chronicle.commit.Device;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;

/** What a journal holds when it is opened. */
final class Recovery {
  private Recovery() {}

  /**
   * The last position that can be read, or -1; made durable, since readers will act on it. Files
   * before the last two were flushed when they were left.
   */
  static long lastDurable(SingleChronicleQueue queue, Cycles cycles, Device device)
      throws IOException {
    List<Path> files = cycles.files();
    for (Path path : files.subList(Math.max(0, files.size() - 2), files.size())) {
      try (FileChannel file =
          FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        device.flush(file);
      }
    }
    return files.isEmpty() ? -1 : queue.lastIndex();
  }
}
