package dev.switchboard.loadtest.core;

import dev.switchboard.loadtest.core.program.Filling;
import dev.switchboard.loadtest.core.program.Idling;
import dev.switchboard.loadtest.core.program.Recovering;
import dev.switchboard.loadtest.measure.Machine;
import dev.switchboard.loadtest.result.ResultDirectory;
import dev.switchboard.loadtest.run.CommonOptions;
import dev.switchboard.loadtest.run.DataDirectory;
import dev.switchboard.loadtest.run.Progress;
import dev.switchboard.loadtest.stage.Publication;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How soon a start goes on with what a journal holds, and what that and idle senders take. */
@Command(
    name = "recovery",
    mixinStandardHelpOptions = true,
    description = "Measures a start with a long queue, its memory, and that of idle senders.")
public final class RecoveryCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec;

  @Option(
      names = "--entries",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Messages that are not finished. Default: ${DEFAULT-VALUE}")
  private long entries;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Accounts that they belong to. Default: ${DEFAULT-VALUE}")
  private int accounts;

  @Option(
      names = "--per-recipient",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Messages of an account to the same recipient; 1 takes most memory."
              + " Default: ${DEFAULT-VALUE}")
  private int perRecipient;

  @Option(
      names = "--senders",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Idle senders to measure. Default: ${DEFAULT-VALUE}")
  private int senders;

  /** Made by the command line, which fills in what was typed. */
  @SuppressWarnings("NullAway.Init") // picocli sets the specification before the call.
  public RecoveryCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    var progress = new Progress(spec.commandLine().getOut(), System::nanoTime);
    var machine = Machine.here(common.serverJar());
    var results = ResultDirectory.open(common.out());
    var programs = new CoreProgram(common, results.path().resolve("recovery.log"), progress);
    try (var data = DataDirectory.create(common.keep())) {
      var report = new RecoveryReport(measure(programs, data.path(), progress));
      Publication.publish(report.on(machine), results, progress);
    }
    return 0;
  }

  private RecoveryFigures measure(CoreProgram programs, Path data, Progress progress)
      throws InterruptedException {
    Path full = data.resolve("full");
    progress.say("writing %d messages of %d accounts", entries, accounts);
    Figures filled = programs.run(Filling.class, full, entries, accounts, perRecipient);
    progress.say("starting with them");
    Figures recovered = programs.run(Recovering.class, full, accounts, entries);
    progress.say("starting %d senders with nothing to do", senders);
    Figures idle = programs.run(Idling.class, data.resolve("idle"), senders);
    return new RecoveryFigures(entries, accounts, perRecipient, senders, filled, recovered, idle);
  }
}
