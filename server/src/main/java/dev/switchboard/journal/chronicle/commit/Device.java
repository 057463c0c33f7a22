package dev.switchboard.journal.chronicle.commit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Makes what was written reach the device. */
@FunctionalInterface
public interface Device {
  /** The real one: when it returns the device has it. */
  Device REAL = file -> file.force(false);

  void flush(FileChannel file) throws IOException;

  /** How many bytes it has left, below this directory. */
  default long usable(Path directory) {
    return directory.toFile().getUsableSpace();
  }
}
