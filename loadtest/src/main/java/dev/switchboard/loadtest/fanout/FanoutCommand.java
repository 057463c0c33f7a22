package dev.switchboard.loadtest.fanout;

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

/** How late many readers are told what happens, beside a bare stream of the same bytes. */
@Command(
    name = "fanout",
    mixinStandardHelpOptions = true,
    description = "Measures StreamEvents with many readers beside a bare stream.")
public final class FanoutCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec;

  @Option(
      names = "--readers",
      paramLabel = "N",
      defaultValue = "100",
      description = "Readers of all events, each on its connection. Default: ${DEFAULT-VALUE}")
  private int readers;

  @Option(
      names = "--slow",
      paramLabel = "N",
      defaultValue = "10",
      description = "Slow readers beside them, in turns of their own. Default: ${DEFAULT-VALUE}")
  private int slow;

  @Option(
      names = "--slow-rate",
      paramLabel = "N",
      defaultValue = "50",
      description = "Events a second that a slow one reads. Default: ${DEFAULT-VALUE}")
  private int slowRate;

  @Option(
      names = "--stalled",
      paramLabel = "N",
      defaultValue = "10",
      description = "Readers that read nothing, in the same turns. Default: ${DEFAULT-VALUE}")
  private int stalled;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "500",
      description = "Events a second. Default: ${DEFAULT-VALUE}")
  private double rate;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      defaultValue = "50",
      description = "Accounts that they happen to. Default: ${DEFAULT-VALUE}")
  private int accounts;

  @Option(
      names = "--bytes",
      paramLabel = "N",
      defaultValue = "100",
      description = "Bytes of a text. Default: ${DEFAULT-VALUE}")
  private int bytes;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Turns of server and bare stream. Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--time",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description = "How long each turn is. Default: ${DEFAULT-VALUE}")
  private long time;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description = "How long each is read before it counts. Default: ${DEFAULT-VALUE}")
  private long warmUp;

  @Option(
      names = "--sleep-events",
      paramLabel = "N",
      defaultValue = "200000",
      description = "Events that pass while one reader sleeps. Default: ${DEFAULT-VALUE}")
  private long sleepEvents;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "180",
      description = "How long each step may take before the run fails. Default: ${DEFAULT-VALUE}")
  private long patience;

  /** Made by the command line, which fills in what was typed. */
  @SuppressWarnings("NullAway.Init") // picocli sets the specification before the call.
  public FanoutCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    var progress = new Progress(spec.commandLine().getOut(), System::nanoTime);
    Path serverJar = common.serverJar();
    var machine = Machine.here(serverJar);
    var results = ResultDirectory.open(common.out());
    FanoutPlan plan = plan();
    try (var data = DataDirectory.create(common.keep())) {
      var stage =
          new StagePlan(
              serverJar, common.serverOptions(), data.path(), results.path(), plan.patience());
      FanoutFigures figures = new FanoutRun(plan, stage, machine, progress).measure();
      Publication.publish(FanoutReport.of(figures), results, progress);
      return figures.holds() ? 0 : 1;
    }
  }

  private FanoutPlan plan() {
    return new FanoutPlan(
        readers,
        slow,
        slowRate,
        stalled,
        rate,
        accounts,
        bytes,
        rounds,
        Duration.ofSeconds(time),
        Duration.ofSeconds(warmUp),
        sleepEvents,
        Duration.ofSeconds(patience),
        common.serverOptions());
  }
}
