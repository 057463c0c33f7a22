package dev.switchboard.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A shell beside the server that stops it when its standard input ends: by {@link #close()}, and as
 * well when this JVM is killed, because the operating system then closes the pipe.
 */
final class Guard implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(40);
  private static final int LOG_LINES_SHOWN = 8;
  private static final String STARTED = "started";

  /** Signals of the terminal are for the JVM, which needs the server until it has drained. */
  private static final String SCRIPT =
      """
      trap '' INT HUP TERM
      pg_ctl=$1 cluster=$2 log=$3 options=$4 timeout=$5
      "$pg_ctl" start --wait --silent --timeout="$timeout" -D "$cluster" -l "$log" -o "$options" \
        || exit 1
      echo started
      read -r _
      exec "$pg_ctl" stop --wait --silent --mode=fast -D "$cluster"
      """;

  private final Process process;

  private Guard(Process process) {
    this.process = process;
  }

  /** Returns once the server answers on {@code port} of the loopback interface. */
  static Guard start(PostgresDirectory directory, Binaries binaries, RunAs runAs, int port) {
    var shell =
        Command.of(
            runAs.prefix(),
            "sh",
            "-c",
            SCRIPT,
            "switchboard-postgres",
            binaries.program("pg_ctl").toString(),
            directory.cluster().toString(),
            directory.log().toString(),
            options(port),
            String.valueOf(START_TIMEOUT.toSeconds()));
    try {
      var process = new ProcessBuilder(shell.words()).redirectErrorStream(true).start();
      awaitStarted(process, directory);
      return new Guard(process);
    } catch (IOException e) {
      throw new PostgresException("Cannot start PostgreSQL: " + e, e);
    }
  }

  private static String options(int port) {
    return Stream.of(
            "port=" + port,
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=on",
            "full_page_writes=on",
            "logging_collector=off",
            "log_timezone=UTC",
            "timezone=UTC",
            "max_connections=50",
            "shared_buffers=64MB",
            // A new table without statistics gets plans that read all of an account: soon over.
            "autovacuum_naptime=10s",
            // Statements hold addresses of people; they stay out of the log also when they fail.
            "log_min_error_statement=panic",
            "log_error_verbosity=terse")
        .map(setting -> "-c " + setting)
        .reduce((left, right) -> left + " " + right)
        .orElseThrow();
  }

  private static void awaitStarted(Process process, PostgresDirectory directory)
      throws IOException {
    var printed = new StringBuilder();
    var reader = process.inputReader(StandardCharsets.UTF_8);
    for (var line = reader.readLine(); line != null; line = reader.readLine()) {
      if (line.equals(STARTED)) {
        return;
      }
      printed.append(line).append('\n');
    }
    throw new PostgresException(
        "PostgreSQL did not start:\n" + printed + lastLines(directory.log()));
  }

  private static String lastLines(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      var shown = lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size());
      return String.join("\n", shown);
    } catch (IOException e) {
      return "(no log in " + log + ")";
    }
  }

  /** Stops the server and waits for its end, for a bounded time. */
  @Override
  public void close() {
    try {
      process.outputWriter().close();
      if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
