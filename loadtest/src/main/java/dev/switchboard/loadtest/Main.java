package dev.switchboard.loadtest;

import dev.switchboard.loadtest.idle.IdleCommand;
import dev.switchboard.loadtest.run.LoadTestException;
import java.util.List;
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
  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the specification before the call.
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** Every run, by name. A new run is one class more in this list. */
  private static List<Object> runs() {
    return List.of(new IdleCommand());
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
    command.getErr().println("loadtest: " + failure.getMessage());
    if (!(failure instanceof LoadTestException)) {
      failure.printStackTrace(command.getErr());
    }
    command.getErr().flush();
    return CommandLine.ExitCode.SOFTWARE;
  }
}
