package dev.switchboard.loadtest.stage;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a stage is made of.
 *
 * @param serverJar the program, which is server and network
 * @param serverOptions flags of the server's JVM
 * @param data of the run
 * @param logs where the processes' output goes
 * @param patience for each step that is waited for
 */
public record StagePlan(
    Path serverJar, List<String> serverOptions, Path data, Path logs, Duration patience) {
  public StagePlan {
    serverOptions = List.copyOf(serverOptions);
  }
}
