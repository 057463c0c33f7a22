package dev.switchboard.loadtest;

import dev.switchboard.loadtest.accept.AcceptCommand;
import dev.switchboard.loadtest.core.PacingCommand;
import dev.switchboard.loadtest.core.RecoveryCommand;
import dev.switchboard.loadtest.crash.CrashCommand;
import dev.switchboard.loadtest.fanout.FanoutCommand;
import dev.switchboard.loadtest.idle.IdleCommand;
import dev.switchboard.loadtest.run.LoadTestException;
import dev.switchboard.loadtest.soak.SoakCommand;
import dev.switchboard.loadtest.throughput.ThroughputCommand;
import dev.switchboard.loadtest.webhooks.WebhooksCommand;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The program: runs the load test that is named. */
@Command(
    name = "loadtest",
    mixinStandardHelpOptions = true,
    description = "Measures a Switchboard from the outside, through its public contract.",
    synopsisSubcommandLabel = "NAME")
public final class Main implements Runnable {
  private static final Duration PATIENCE_AT_END = Duration.ofSeconds(60);

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the specification before the call.
  private Main() {}

  public static void main(String[] arguments) {
    var ended = new CountDownLatch(1);
    Thread runner = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(runner, ended), "end"));
    int code;
    try {
      code = commandLine().execute(arguments);
    } finally {
      ended.countDown();
    }
    System.exit(code);
  }

  /** Lets a run that is broken off close what it opened; what is left then is killed. */
  private static void end(Thread runner, CountDownLatch ended) {
    if (ended.getCount() > 0) {
      runner.interrupt();
      try {
        var _ = ended.await(PATIENCE_AT_END.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }

  /** Every run, by name. A new run is one class more in this list. */
  private static List<Object> runs() {
    return List.of(
        new IdleCommand(),
        new AcceptCommand(),
        new CrashCommand(),
        new RecoveryCommand(),
        new PacingCommand(),
        new ThroughputCommand(),
        new SoakCommand(),
        new FanoutCommand(),
        new WebhooksCommand());
  }

  static CommandLine commandLine() {
    var line = new CommandLine(new Main());
    runs().forEach(line::addSubcommand);
    return line.setParameterExceptionHandler(Main::refuse).setExecutionExceptionHandler(Main::fail);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "the name of a load test is missing");
  }

  private static int refuse(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    command.getErr().println("loadtest: " + failure.getMessage());
    if (command.getCommand() instanceof Main) {
      command
          .getErr()
          .println(
              "loadtest: there is "
                  + command.getSubcommands().keySet().stream().collect(Collectors.joining(", ")));
    }
    command.getErr().println("loadtest: --help says more");
    command.getErr().flush();
    return CommandLine.ExitCode.USAGE;
  }

  private static int fail(Exception failure, CommandLine command, ParseResult arguments) {
    if (failure instanceof InterruptedException) {
      command.getErr().println("loadtest: broken off");
    } else {
      command.getErr().println("loadtest: " + failure.getMessage());
    }
    if (!(failure instanceof LoadTestException || failure instanceof InterruptedException)) {
      failure.printStackTrace(command.getErr());
    }
    command.getErr().flush();
    return CommandLine.ExitCode.SOFTWARE;
  }
}
