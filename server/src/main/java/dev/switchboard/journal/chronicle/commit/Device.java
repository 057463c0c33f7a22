package dev.switchboard.journal.chronicle.commit;

import java.io.IOException;
import java.nio.channels.FileChannel;

/** Makes what was written reach the device. */
@FunctionalInterface
public interface Device {
  /** The real one: when it returns the device has it. */
  Device REAL = file -> file.force(false);

  void flush(FileChannel file) throws IOException;
}
