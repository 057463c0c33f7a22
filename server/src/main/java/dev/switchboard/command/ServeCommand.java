package dev.switchboard.command;

import dev.switchboard.Switchboard;
import dev.switchboard.configuration.SwitchboardConfig;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the server until it is told to stop. */
@Command(
    name = "switchboard",
    mixinStandardHelpOptions = true,
    version = "switchboard 0.1.0",
    description = "A self-hosted gateway to WhatsApp. Without a command it serves.")
public final class ServeCommand implements Callable<Integer> {
  @Mixin private final Settings settings = new Settings();
  @Spec private CommandSpec spec;

  /** Made by the command line, which fills in what was typed. */
  @SuppressWarnings("NullAway.Init") // picocli sets the specification before the call.
  public ServeCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    SwitchboardConfig config = settings.load();
    PrintWriter out = spec.commandLine().getOut();
    Switchboard server = Switchboard.open(config);
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, asked, stopped), "stop"));
    new Welcome(config, server).print(out);
    asked.await();
    stopped.await();
    return 0;
  }

  /** Runs in the shutdown hook: the process ends when it returns. */
  private static void stop(Switchboard server, CountDownLatch asked, CountDownLatch stopped) {
    asked.countDown();
    try {
      server.close();
    } finally {
      stopped.countDown();
    }
  }
}
