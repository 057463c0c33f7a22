package dev.switchboard.loadtest.process;

import dev.switchboard.loadtest.run.LoadTestException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the PostgreSQL that a server has started: it is no child of the server's process. */
public final class Postmaster {
  private static final String FILE = "postmaster.pid";
  private static final int DEEPEST = 4;

  private Postmaster() {}

  /** The process that all others of the database are children of. */
  public static ProcessHandle of(Path serverData) {
    return running(serverData)
        .orElseThrow(() -> new LoadTestException("the server has no PostgreSQL that runs"));
  }

  /** As {@link #of}; none while it is being started again. */
  public static Optional<ProcessHandle> running(Path serverData) {
    try (Stream<Path> files = Files.walk(serverData, DEEPEST)) {
      return files.filter(path -> path.endsWith(FILE)).findFirst().flatMap(Postmaster::named);
    } catch (IOException e) {
      throw new LoadTestException("the server's PostgreSQL cannot be found", e);
    } catch (UncheckedIOException e) {
      return Optional.empty(); // It ends, and its files with it.
    }
  }

  private static Optional<ProcessHandle> named(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .findFirst()
          .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
          .filter(process -> process.info().command().orElse("").endsWith("postgres"));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
