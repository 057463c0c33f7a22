package dev.switchboard.command;

import dev.switchboard.DataDirectory;
import dev.switchboard.configuration.SwitchboardConfig;
import dev.switchboard.sandbox.Sandbox;
import dev.switchboard.sandbox.SandboxConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the simulated WhatsApp alone until it is told to stop. */
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    description = "Runs the simulated WhatsApp alone.")
public final class SandboxCommand implements Callable<Integer> {
  @Mixin private final Settings settings = new Settings();
  @Spec private CommandSpec spec;

  /** Made by the command line, which fills in what was typed. */
  @SuppressWarnings("NullAway.Init") // picocli sets the specification before the call.
  public SandboxCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    SwitchboardConfig config = settings.load();
    SandboxConfig place =
        SandboxConfig.in(config.data().resolve("sandbox"))
            .withPorts(config.sandbox().port(), config.sandbox().controlPort())
            .withLoggedStanzas(config.sandbox().loggedStanzas());
    CountDownLatch stopped = new CountDownLatch(1);
    DataDirectory directory = DataDirectory.claim(config.data());
    Sandbox sandbox = Sandbox.open(place);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  close(sandbox, directory);
                  stopped.countDown();
                },
                "stop"));
    print(sandbox, spec.commandLine().getOut());
    stopped.await();
    return 0;
  }

  private static void close(Sandbox sandbox, DataDirectory directory) {
    sandbox.close();
    try {
      directory.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void print(Sandbox sandbox, PrintWriter out) {
    out.printf(
        "The sandbox is running at wss://localhost:%d/ws/chat%n"
            + "  control service 127.0.0.1:%d%n"
            + "  noise root      %s%n"
            + "  certificate     %s%n",
        sandbox.port(),
        sandbox.controlPort(),
        HexFormat.of().formatHex(sandbox.noiseRootKey()),
        sandbox.certificate());
    out.flush();
  }
}
