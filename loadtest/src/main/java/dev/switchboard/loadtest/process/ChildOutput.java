package dev.switchboard.loadtest.process;

import dev.switchboard.loadtest.run.LoadTestException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process prints: written to a file, and searched for one text. The text is a secret, such
 * as a key that is printed once, and is masked in the file.
 */
final class ChildOutput {
  /** How many lines of the end a failure tells. */
  static final int TAIL_LINES = 20;

  private final Pattern secret;
  private final CompletableFuture<String> found = new CompletableFuture<>();
  private final Deque<String> tail = new ArrayDeque<>();

  ChildOutput(Pattern secret) {
    this.secret = secret;
  }

  /** Reads until the process closes its output. */
  void read(BufferedReader lines, Path file) {
    UnaryOperator<String> masked = line -> secret.matcher(line).replaceAll("(masked)");
    try (Writer log = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        search(line);
        String shown = masked.apply(line);
        log.write(shown + "\n");
        log.flush();
        remember(shown);
      }
    } catch (IOException e) {
      remember("(the output ended: " + e.getMessage() + ")");
    } finally {
      found.completeExceptionally(new LoadTestException("the process ended without printing it"));
    }
  }

  /** Completes with the text when it was printed; fails when the output ends without it. */
  CompletableFuture<String> found() {
    return found;
  }

  /** The last lines. */
  synchronized String tail() {
    return String.join("\n", tail);
  }

  private void search(String line) {
    Matcher matcher = secret.matcher(line);
    if (matcher.find()) {
      found.complete(matcher.group());
    }
  }

  private synchronized void remember(String line) {
    if (tail.size() == TAIL_LINES) {
      tail.removeFirst();
    }
    tail.addLast(line);
  }
}
