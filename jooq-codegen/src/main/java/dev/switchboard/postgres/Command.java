package dev.switchboard.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One program with its arguments, run to its end. */
record Command(List<String> words) {

  /** Exit code and everything that was printed. */
  record Outcome(int exitCode, String output) {
    boolean succeeded() {
      return exitCode == 0;
    }
  }

  Command {
    words = List.copyOf(words);
  }

  static Command of(List<String> prefix, String... words) {
    return new Command(Stream.concat(prefix.stream(), Stream.of(words)).toList());
  }

  /** Runs it with {@code input} as its standard input; a program that cannot be run exits 127. */
  Outcome run(String input, Duration timeout) {
    try {
      // A file and not a pipe: a daemon that inherits a pipe would keep its reader waiting.
      var output = Files.createTempFile("switchboard-command", ".out");
      try {
        return run(input, timeout, output);
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      return new Outcome(127, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostgresException("Interrupted while running " + words.getFirst(), e);
    }
  }

  private Outcome run(String input, Duration timeout, Path output)
      throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    feed(process, input);
    if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      return new Outcome(124, "no end within " + timeout.toSeconds() + " s");
    }
    var printed = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    return new Outcome(process.exitValue(), printed.strip());
  }

  private static void feed(Process process, String input) {
    try (var writer = process.outputWriter(StandardCharsets.UTF_8)) {
      writer.write(input);
    } catch (IOException e) {
      // It ended without reading its input: the exit code tells more than the broken pipe.
    }
  }
}
