package dev.switchboard.loadtest.process;

import dev.switchboard.loadtest.run.LoadTestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Finds the PostgreSQL that a server has started: it is no child of the server's process. */
public final class Postmaster {
  private static final String FILE = "postmaster.pid";
  private static final int DEEPEST = 4;

  private Postmaster() {}

  /** The process that all others of the database are children of. */
  public static ProcessHandle of(Path serverData) {
    try (Stream<Path> files = Files.walk(serverData, DEEPEST)) {
      Path file =
          files
              .filter(path -> path.endsWith(FILE))
              .findFirst()
              .orElseThrow(() -> new LoadTestException("the server has no PostgreSQL that runs"));
      long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
      return ProcessHandle.of(pid)
          .orElseThrow(() -> new LoadTestException("the server's PostgreSQL is gone"));
    } catch (IOException e) {
      throw new LoadTestException("the server's PostgreSQL cannot be found", e);
    }
  }
}
