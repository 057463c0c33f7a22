package dev.switchboard.loadtest.run;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every run has. */
public final class CommonOptions {
  /** Where the launcher tells which server to run. */
  private static final String SERVER_JAR_VARIABLE = "SWITCHBOARD_SERVER_JAR";

  /** For a server without the launcher, which names its own flags in SWITCHBOARD_JVM_FLAGS. */
  private static final String DEFAULT_FLAGS =
      "-XX:+UseZGC -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED"
          + " --sun-misc-unsafe-memory-access=allow";

  @Option(
      names = "--server-jar",
      paramLabel = "FILE",
      description = "The server to run. Default: what ${env:SWITCHBOARD_SERVER_JAR} names")
  private @Nullable Path serverJar;

  @Option(
      names = "--server-options",
      paramLabel = "FLAGS",
      defaultValue = "${env:SWITCHBOARD_JVM_FLAGS:-" + DEFAULT_FLAGS + "}",
      description = "JVM flags of the server, separated by blanks. Default: ${DEFAULT-VALUE}")
  private String serverOptions = "";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the results go. Default: target/results of this module")
  private @Nullable Path out;

  @Option(
      names = "--keep",
      description = "Keep the data directories of the run instead of deleting them.")
  private boolean keep;

  /** Made by the command line, which fills in what was typed. */
  public CommonOptions() {}

  /**
   * The jar of the server.
   *
   * @throws LoadTestException if none is named or it is not there
   */
  public Path serverJar() {
    String variable = System.getenv(SERVER_JAR_VARIABLE);
    Path jar = serverJar != null ? serverJar : variable == null ? null : Path.of(variable);
    if (jar == null) {
      throw new LoadTestException(
          "which server? Name its jar with --server-jar or " + SERVER_JAR_VARIABLE);
    }
    if (!Files.isRegularFile(jar)) {
      throw new LoadTestException("the server's jar is not there: " + jar);
    }
    return jar.toAbsolutePath();
  }

  /** The flags of the server's JVM. */
  public List<String> serverOptions() {
    return Collections.list(new StringTokenizer(serverOptions)).stream()
        .map(String.class::cast)
        .toList();
  }

  /** Where the results go: a directory that need not be there yet. */
  public Path out() {
    return out != null ? out : target().resolve("results");
  }

  /** Whether data directories outlive the run. */
  public boolean keep() {
    return keep;
  }

  /** What this module was built into: where its jar lies. */
  public Path target() {
    Path program = program();
    Path directory = program.getParent();
    return Files.isRegularFile(program) && directory != null
        ? directory
        : Path.of("loadtest", "target");
  }

  private static Path program() {
    try {
      return Path.of(
          CommonOptions.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new LoadTestException("this program does not know where it lies", e);
    }
  }
}
