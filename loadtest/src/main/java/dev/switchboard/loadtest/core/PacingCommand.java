package dev.switchboard.loadtest.core;

import dev.switchboard.loadtest.core.program.Pacing;
import dev.switchboard.loadtest.measure.Machine;
import dev.switchboard.loadtest.result.ResultDirectory;
import dev.switchboard.loadtest.run.CommonOptions;
import dev.switchboard.loadtest.run.DataDirectory;
import dev.switchboard.loadtest.run.Progress;
import dev.switchboard.loadtest.stage.Publication;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How punctual pacing is with many accounts, and whether it keeps every budget. */
@Command(
    name = "pacing",
    mixinStandardHelpOptions = true,
    description = "Measures how late messages are written after pacing allowed them.")
public final class PacingCommand implements Callable<Integer> {
  /** As the server names them, in lower case. */
  enum Durability {
    ASYNC,
    FSYNC
  }

  @Mixin private final CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Accounts that send. Default: ${DEFAULT-VALUE}")
  private int accounts;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "75",
      description = "How long to measure. Default: ${DEFAULT-VALUE}")
  private int seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "15",
      description =
          "How long they send before, while code is compiled; budgets count all the same."
              + " Default: ${DEFAULT-VALUE}")
  private int warmUp;

  @Option(
      names = "--durability",
      paramLabel = "NAME",
      defaultValue = "ASYNC",
      description =
          "Of the journal: ${COMPLETION-CANDIDATES}; FSYNC measures the disk too."
              + " Default: ${DEFAULT-VALUE}")
  private Durability durability = Durability.ASYNC;

  /** Made by the command line, which fills in what was typed. */
  @SuppressWarnings("NullAway.Init") // picocli sets the specification before the call.
  public PacingCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    var progress = new Progress(spec.commandLine().getOut(), System::nanoTime);
    var machine = Machine.here(common.serverJar());
    var results = ResultDirectory.open(common.out());
    var programs = new CoreProgram(common, results.path().resolve("pacing.log"), progress);
    String name = durability.name().toLowerCase(Locale.ROOT);
    try (var data = DataDirectory.create(common.keep())) {
      Figures figures = programs.run(Pacing.class, data.path(), accounts, seconds, warmUp, name);
      var report = new PacingReport(accounts, seconds, name, figures);
      Publication.publish(report.on(machine), results, progress);
    }
    return 0;
  }
}
