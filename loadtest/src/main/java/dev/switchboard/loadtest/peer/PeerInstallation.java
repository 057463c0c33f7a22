package dev.switchboard.loadtest.peer;

import dev.switchboard.loadtest.run.LoadTestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The script of the peer with what it needs from npm: copied to a folder of their own and installed
 * there, again only when the lock file changed.
 *
 * @param folder that holds the script and {@code node_modules}
 */
public record PeerInstallation(Path folder) {
  static final String SCRIPT = "sender.mjs";
  private static final String LOCK = "package-lock.json";
  private static final String STAMP = "installed.lock";
  private static final int OLDEST_NODE = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Why there is nothing to compare with. */
  public static final class Missing extends Exception {
    @java.io.Serial private static final long serialVersionUID = 1;

    Missing(String message) {
      super(message);
    }
  }

  /**
   * Installs what is in {@code source} below {@code target}.
   *
   * @throws Missing if the sources, node or npm are not there, or npm fails: says what to do
   */
  public static PeerInstallation into(Path target, Path source)
      throws Missing, InterruptedException {
    if (!Files.isRegularFile(source.resolve(LOCK))) {
      throw new Missing("there is no " + LOCK + " in " + source + "; --peers names the folder");
    }
    requireNode();
    try {
      copy(source, Files.createDirectories(target));
      installOnce(target);
    } catch (IOException e) {
      throw new LoadTestException("the peer cannot be installed in " + target, e);
    }
    return new PeerInstallation(target);
  }

  private static void requireNode() throws Missing, InterruptedException {
    Answer node = ask(Path.of("."), "node", "--version");
    if (node.code() != 0 || major(node.text()) < OLDEST_NODE) {
      throw new Missing("node %d or newer is needed: %s".formatted(OLDEST_NODE, node.text()));
    }
  }

  /** The first number of a version such as {@code v20.20.2}; 0 when it is none. */
  static int major(String version) {
    String digits = version.strip().replaceFirst("^v(\\d{1,4}).*", "$1");
    return digits.matches("\\d{1,4}") ? Integer.parseInt(digits) : 0;
  }

  private static void copy(Path source, Path target) throws IOException {
    try (Stream<Path> files = Files.list(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static void installOnce(Path target) throws IOException, Missing, InterruptedException {
    Path stamp = target.resolve(STAMP);
    String wanted = Files.readString(target.resolve(LOCK));
    if (Files.exists(stamp) && Files.readString(stamp).equals(wanted)) {
      return;
    }
    Answer npm = ask(target, "npm", "ci", "--no-progress");
    if (npm.code() != 0) {
      throw new Missing("npm ci failed in " + target + ": " + npm.text());
    }
    Files.writeString(stamp, wanted);
  }

  private record Answer(int code, String text) {}

  /** What a program says; one that is not there fails with its name. */
  private static Answer ask(Path folder, String... command) throws InterruptedException {
    try {
      Path said = Files.createTempFile("peer-", ".txt");
      try {
        Process process =
            new ProcessBuilder(List.of(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
          boolean ended = process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
          String text = Files.readString(said).strip();
          return ended ? new Answer(process.exitValue(), text) : new Answer(1, "takes too long");
        } finally {
          process.destroyForcibly();
        }
      } finally {
        Files.delete(said);
      }
    } catch (IOException e) {
      return new Answer(1, command[0] + " is not there");
    }
  }
}
