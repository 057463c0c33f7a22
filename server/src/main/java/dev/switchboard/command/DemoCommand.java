package dev.switchboard.command;

import dev.switchboard.Switchboard;
import dev.switchboard.configuration.ConfigurationFile;
import dev.switchboard.configuration.SwitchboardConfig;
import dev.switchboard.demo.Demo;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the main job on a server and a data directory of its own. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Links two accounts in the simulated WhatsApp and sends a text each way, in a temporary"
            + " data directory.")
public final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--programs",
      paramLabel = "DIR",
      description = "Where the embedded PostgreSQL is unpacked; kept for the next time.")
  private @Nullable Path programs;

  @Spec private CommandSpec spec;

  /** Made by the command line, which fills in what was typed. */
  @SuppressWarnings("NullAway.Init") // picocli sets the specification before the call.
  public DemoCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("switchboard-demo");
    PrintWriter out = spec.commandLine().getOut();
    try (Switchboard server = Switchboard.open(config(directory))) {
      show(server, out);
    } finally {
      delete(directory);
    }
    return 0;
  }

  private static void show(Switchboard server, PrintWriter out) {
    String key = server.firstKey().orElseThrow().secret();
    ManagedChannel gateway = channel(server.grpcPort());
    ManagedChannel sandbox = channel(server.sandbox().orElseThrow().controlPort());
    try {
      new Demo(gateway, key, sandbox, out, InstantSource.system()).run();
    } finally {
      gateway.shutdownNow();
      sandbox.shutdownNow();
    }
  }

  private SwitchboardConfig config(Path directory) {
    Map<String, Object> overrides = new HashMap<>();
    overrides.put("data", directory.toString());
    for (String port : List.of("grpc.port", "http.port", "sandbox.port", "sandbox.control-port")) {
      overrides.put(port, 0);
    }
    overrides.put("whatsapp.enabled", false);
    if (programs != null) {
      overrides.put("database.programs", programs.toString());
    }
    return ConfigurationFile.load(Optional.empty(), Map.of(), overrides);
  }

  private static ManagedChannel channel(int port) {
    return Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create()).build();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
