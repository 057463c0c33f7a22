package dev.switchboard.command;

import dev.switchboard.Switchboard;
import dev.switchboard.configuration.SwitchboardConfig;
import dev.switchboard.sandbox.Sandbox;
import java.io.PrintWriter;
import java.util.HexFormat;

/** Tells where everything is and what to try next. */
final class Welcome {
  private final SwitchboardConfig config;
  private final Switchboard server;

  Welcome(SwitchboardConfig config, Switchboard server) {
    this.config = config;
    this.server = server;
  }

  void print(PrintWriter out) {
    out.println();
    out.println("Switchboard is running.");
    out.println();
    out.printf("  gRPC       %s:%d%n", config.grpc().address(), server.grpcPort());
    out.printf("  HTTP       %s  (grpc-web, JSON, /docs, /metrics)%n", http());
    server.sandbox().ifPresent(sandbox -> printSandbox(out, sandbox));
    out.printf("  data       %s%n", config.data().toAbsolutePath().normalize());
    printKey(out);
    out.println();
    out.println("Try next:");
    out.println();
    out.printf("  curl -s %s/v1/instances -H \"authorization: Bearer $KEY\" \\%n", http());
    out.println("    --json '{\"instance_id\":\"shop\",\"network\":\"NETWORK_SANDBOX\"}'");
    out.println();
    out.printf("  The API: %s/docs   The walk from here: README.md   Stop: Ctrl-C%n", http());
    out.println();
    out.flush();
  }

  private void printKey(PrintWriter out) {
    server
        .firstKey()
        .ifPresent(issued -> {
          out.println();
          out.println("  The administrator's key, shown this once; keep it safe:");
          out.println();
          out.printf("    export KEY=%s%n", issued.secret());
        });
  }

  private static void printSandbox(PrintWriter out, Sandbox sandbox) {
    out.printf(
        "  sandbox    wss://localhost:%d/ws/chat  (control service 127.0.0.1:%d)%n",
        sandbox.port(), sandbox.controlPort());
    out.printf("             noise root   %s%n", HexFormat.of().formatHex(sandbox.noiseRootKey()));
    out.printf("             certificate  %s%n", sandbox.certificate());
  }

  private String http() {
    String scheme = config.tls().certificate().isPresent() ? "https" : "http";
    return scheme + "://" + config.http().address() + ":" + server.httpPort();
  }
}
