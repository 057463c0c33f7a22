package dev.switchboard.loadtest.crash;

import dev.switchboard.loadtest.run.LoadTestException;
import java.util.List;

/** Finds the PostgreSQL that a server has started. */
final class Postmaster {
  private Postmaster() {}

  /** The process whose children are the database's and whose parent is not. */
  static ProcessHandle of(List<ProcessHandle> processes) {
    return processes.stream()
        .filter(Postmaster::isPostgres)
        .filter(process -> process.parent().map(parent -> !isPostgres(parent)).orElse(true))
        .findFirst()
        .orElseThrow(() -> new LoadTestException("the server has no PostgreSQL of its own"));
  }

  private static boolean isPostgres(ProcessHandle process) {
    return process.info().command().map(command -> command.endsWith("/postgres")).orElse(false);
  }
}
