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
 * there, again only when the lock file changed. Node is among it where npm has it for the machine.
 *
 * @param folder that holds the script and {@code node_modules}
 * @param node the program that runs it
 * @param version of node, such as {@code v24.21.0}
 */
public record PeerInstallation(Path folder, String node, String version) {
  static final String SCRIPT = "sender.mjs";
  private static final String LOCK = "package-lock.json";
  private static final String STAMP = "installed.lock";

  /**
   * Before it, each promise of a process cost something for each of its accounts, since each socket
   * of Baileys has an AsyncLocalStorage: with 250 accounts that was four fifths of its time.
   */
  private static final int OLDEST_NODE = 24;

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
    try {
      copy(source, Files.createDirectories(target));
      installOnce(target);
      return withNode(target);
    } catch (IOException e) {
      throw new LoadTestException("the peer cannot be installed in " + target, e);
    }
  }

  private static PeerInstallation withNode(Path target)
      throws IOException, Missing, InterruptedException {
    String said = "";
    for (String node : nodes(target)) {
      Answer version = ask(target, node, "--version");
      if (version.code() == 0 && major(version.text()) >= OLDEST_NODE) {
        return new PeerInstallation(target, node, version.text());
      }
      said = version.text();
    }
    throw new Missing("node %d or newer is needed: %s".formatted(OLDEST_NODE, said));
  }

  /** What npm installed for this machine, then what is there anyhow. */
  private static List<String> nodes(Path target) throws IOException {
    try (Stream<Path> modules = Files.list(target.resolve("node_modules"))) {
      Stream<String> installed =
          modules
              .filter(module -> module.getFileName().toString().startsWith("node-linux-"))
              .map(module -> module.resolve("bin/node").toAbsolutePath().toString());
      return Stream.concat(installed, Stream.of("node")).toList();
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
