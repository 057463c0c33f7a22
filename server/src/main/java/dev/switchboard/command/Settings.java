package dev.switchboard.command;

import dev.switchboard.configuration.ConfigurationFile;
import dev.switchboard.configuration.SwitchboardConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where and with what configuration to run. */
final class Settings {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration file; every key is documented in reference.conf.")
  private @Nullable Path file;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Directory for everything that is kept. Default: data")
  private @Nullable Path data;

  @Option(
      names = "--grpc-port",
      paramLabel = "PORT",
      description = "Port of the gRPC surface. Default: 9090; 0 is any free one")
  private @Nullable Integer grpcPort;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description =
          "Port of grpc-web, JSON, docs, health and metrics. Default: 8080; 0 is any free one")
  private @Nullable Integer httpPort;

  @Option(
      names = "--sandbox-port",
      paramLabel = "PORT",
      description = "Port of the simulated WhatsApp. Default: 8443; 0 is any free one")
  private @Nullable Integer sandboxPort;

  @Option(
      names = "--sandbox-control-port",
      paramLabel = "PORT",
      description = "Port of the sandbox's control service. Default: 8444; 0 is any free one")
  private @Nullable Integer sandboxControlPort;

  SwitchboardConfig load() {
    Map<String, Object> overrides = new HashMap<>();
    put(overrides, "data", data == null ? null : data.toString());
    put(overrides, "grpc.port", grpcPort);
    put(overrides, "http.port", httpPort);
    put(overrides, "sandbox.port", sandboxPort);
    put(overrides, "sandbox.control-port", sandboxControlPort);
    return ConfigurationFile.load(Optional.ofNullable(file), System.getenv(), overrides);
  }

  private static void put(Map<String, Object> overrides, String path, @Nullable Object value) {
    if (value != null) {
      overrides.put(path, value);
    }
  }
}
