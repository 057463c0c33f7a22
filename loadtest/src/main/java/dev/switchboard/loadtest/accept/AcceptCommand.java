package dev.switchboard.loadtest.accept;

import dev.switchboard.loadtest.measure.Machine;
import dev.switchboard.loadtest.result.ResultDirectory;
import dev.switchboard.loadtest.run.CommonOptions;
import dev.switchboard.loadtest.run.DataDirectory;
import dev.switchboard.loadtest.run.Progress;
import dev.switchboard.loadtest.stage.Publication;
import dev.switchboard.loadtest.stage.StagePlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How fast messages are accepted, beside an echo and the journal alone. */
@Command(
    name = "accept",
    mixinStandardHelpOptions = true,
    description = "Measures SendMessage beside a bare echo and bare group commit.")
public final class AcceptCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec;

  @Option(
      names = "--callers",
      paramLabel = "N",
      defaultValue = "256",
      description = "Callers at once, beside the measurement with one. Default: ${DEFAULT-VALUE}")
  private int callers;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "4",
      description = "Connections that they share. Default: ${DEFAULT-VALUE}")
  private int connections;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Turns of echo, server and journal. Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--time",
      paramLabel = "SECONDS",
      defaultValue = "4",
      description = "How long each turn is. Default: ${DEFAULT-VALUE}")
  private long time;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "15",
      description = "How long each is called before it counts. Default: ${DEFAULT-VALUE}")
  private long warmUp;

  @Option(
      names = "--bytes",
      paramLabel = "N",
      defaultValue = "200",
      description = "Bytes of a text. Default: ${DEFAULT-VALUE}")
  private int bytes;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "180",
      description = "How long each step may take before the run fails. Default: ${DEFAULT-VALUE}")
  private long patience;

  /** Made by the command line, which fills in what was typed. */
  @SuppressWarnings("NullAway.Init") // picocli sets the specification before the call.
  public AcceptCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    var progress = new Progress(spec.commandLine().getOut(), System::nanoTime);
    Path serverJar = common.serverJar();
    var machine = Machine.here(serverJar);
    var results = ResultDirectory.open(common.out());
    AcceptPlan plan = plan();
    try (var data = DataDirectory.create(common.keep())) {
      var stage =
          new StagePlan(
              serverJar, common.serverOptions(), data.path(), results.path(), plan.patience());
      AcceptFigures figures = new AcceptRun(plan, stage, machine, progress).measure();
      Publication.publish(AcceptReport.of(figures), results, progress);
      return 0;
    }
  }

  private AcceptPlan plan() {
    return new AcceptPlan(
        callers,
        connections,
        rounds,
        Duration.ofSeconds(time),
        Duration.ofSeconds(warmUp),
        bytes,
        Duration.ofSeconds(patience),
        common.serverOptions());
  }
}
