package dev.switchboard.command;

import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;

/** The program: serves unless another command is named. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    HeapGoal.follow();
    return new CommandLine(new ServeCommand())
        .addSubcommand(new SandboxCommand())
        .addSubcommand(new DemoCommand())
        .setExecutionExceptionHandler(Failure::report)
        .execute(arguments);
  }
}
