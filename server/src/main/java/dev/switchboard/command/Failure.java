package dev.switchboard.command;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Tells an operator in one line why a command failed; the stack is for the debug log. */
final class Failure {
  private static final Logger LOG = LoggerFactory.getLogger(Failure.class);
  private static final int EXIT_CODE = 1;

  private Failure() {}

  /** Prints the reason and answers with the exit code. */
  static int report(Exception failure, CommandLine command, ParseResult arguments) {
    LOG.debug("the command failed", failure);
    command.getErr().println("switchboard: " + reason(failure));
    command.getErr().flush();
    return EXIT_CODE;
  }

  /** The message of the failure and, where it adds something, of what caused it. */
  static String reason(Throwable failure) {
    String message = Optional.ofNullable(failure.getMessage()).orElse(failure.toString());
    Throwable cause = failure.getCause();
    if (cause == null || cause.getMessage() == null || message.contains(cause.getMessage())) {
      return message;
    }
    return message + ": " + cause.getMessage();
  }
}
