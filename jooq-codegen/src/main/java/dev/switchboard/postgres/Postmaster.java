package dev.switchboard.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The server process of one folder, as its pid file tells of it. */
final class Postmaster {
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);

  private final PostgresDirectory directory;
  private final Binaries binaries;
  private final RunAs runAs;

  Postmaster(PostgresDirectory directory, Binaries binaries, RunAs runAs) {
    this.directory = directory;
    this.binaries = binaries;
    this.runAs = runAs;
  }

  /** The running server of this folder, and of no other: a recycled process number is not it. */
  Optional<ProcessHandle> running() {
    return recordedPid().flatMap(ProcessHandle::of).filter(this::servesThisFolder);
  }

  /**
   * Ends a server that an earlier JVM left behind; the caller holds the folder's lock, so that JVM
   * is gone.
   */
  void stopOrphan() {
    if (running().isPresent()) {
      stop();
    } else if (recordedPid().flatMap(ProcessHandle::of).isPresent()) {
      removePidFile();
    }
  }

  /** Ends the running server: at once for its clients, in good order for its data. */
  void stop() {
    if (!stop("fast") && !stop("immediate")) {
      throw new PostgresException("PostgreSQL in " + directory.root() + " cannot be stopped");
    }
  }

  private boolean stop(String mode) {
    var pgCtl =
        Command.of(
            runAs.prefix(),
            binaries.program("pg_ctl").toString(),
            "stop",
            "--wait",
            "--timeout=" + STOP_TIMEOUT.toSeconds() / 2,
            "--mode=" + mode,
            "-D",
            directory.cluster().toString());
    // It may have ended meanwhile by its guard, which is as good.
    return pgCtl.run("", STOP_TIMEOUT).succeeded() || running().isEmpty();
  }

  /** Postgres would take the stranger that got the recorded number for a server still running. */
  private void removePidFile() {
    try {
      Files.deleteIfExists(directory.pidFile());
    } catch (IOException e) {
      throw new PostgresException("Cannot remove the stale " + directory.pidFile(), e);
    }
  }

  private Optional<Long> recordedPid() {
    try {
      var lines = Files.readAllLines(directory.pidFile(), StandardCharsets.UTF_8);
      return lines.isEmpty() ? Optional.empty() : Optional.of(Long.valueOf(lines.getFirst()));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private boolean servesThisFolder(ProcessHandle process) {
    var info = process.info();
    var program = info.command().map(command -> Directories.nameOf(Path.of(command)));
    if (!program.orElse("").startsWith("postgres")) {
      return false;
    }
    // Where the arguments cannot be read, the program's name has to suffice.
    var cluster = directory.cluster().toString();
    return info.arguments().map(all -> String.join(" ", all).contains(cluster)).orElse(true);
  }
}
