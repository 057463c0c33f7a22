package dev.switchboard.loadtest.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Which version of the sources a server was built from. */
final class Commit {
  /** For a jar that lies outside of its repository. */
  private static final String VARIABLE = "SWITCHBOARD_COMMIT";

  private Commit() {}

  static String of(Path serverJar) {
    String told = System.getenv(VARIABLE);
    if (told != null) {
      return told;
    }
    Path directory = serverJar.toAbsolutePath().getParent();
    return directory == null ? "unknown" : described(directory);
  }

  private static String described(Path directory) {
    try {
      Process git =
          new ProcessBuilder(
                  List.of("git", "-C", directory.toString(), "describe", "--always", "--dirty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return answer.isBlank() ? "unknown" : answer.strip();
    } catch (IOException e) {
      return "unknown";
    }
  }
}
