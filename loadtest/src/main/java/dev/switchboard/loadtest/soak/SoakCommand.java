package dev.switchboard.loadtest.soak;

import dev.switchboard.loadtest.measure.Machine;
import dev.switchboard.loadtest.result.ResultDirectory;
import dev.switchboard.loadtest.run.CommonOptions;
import dev.switchboard.loadtest.run.DataDirectory;
import dev.switchboard.loadtest.run.Progress;
import dev.switchboard.loadtest.soak.SoakPlan.Limits;
import dev.switchboard.loadtest.stage.Publication;
import dev.switchboard.loadtest.stage.Stage;
import dev.switchboard.loadtest.stage.StagePlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether anything is lost, doubled, or grows, over minutes or days. */
@Command(
    name = "soak",
    mixinStandardHelpOptions = true,
    description = "Sends and receives for a long time, in good weather and bad.")
public final class SoakCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "10",
      description = "How long the traffic lasts. Default: ${DEFAULT-VALUE}")
  private double minutes;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      defaultValue = "20",
      description = "Accounts that send and receive. Default: ${DEFAULT-VALUE}")
  private int accounts;

  @Option(
      names = "--chats",
      paramLabel = "N",
      defaultValue = "4",
      description = "Chats of each account. Default: ${DEFAULT-VALUE}")
  private int chats;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "40",
      description = "Messages a second of all accounts together. Default: ${DEFAULT-VALUE}")
  private double rate;

  @Option(
      names = "--weather",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long it is good, and then bad. Default: ${DEFAULT-VALUE}")
  private long weather;

  @Option(
      names = "--sample",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "Time between two looks at the server. Default: ${DEFAULT-VALUE}")
  private long sample;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "180",
      description = "After which nothing may grow. Default: ${DEFAULT-VALUE}")
  private long warmUp;

  @Option(
      names = "--heap-limit",
      paramLabel = "KB",
      defaultValue = "256",
      description = "Growth of live heap a minute that is no leak. Default: ${DEFAULT-VALUE}")
  private double heap;

  @Option(
      names = "--thread-limit",
      paramLabel = "N",
      defaultValue = "0.5",
      description = "The same of threads. Default: ${DEFAULT-VALUE}")
  private double threads;

  @Option(
      names = "--file-limit",
      paramLabel = "N",
      defaultValue = "0.5",
      description = "The same of files and sockets. Default: ${DEFAULT-VALUE}")
  private double files;

  @Option(
      names = "--journal-limit",
      paramLabel = "MB",
      defaultValue = "1",
      description = "The same of the journal. Default: ${DEFAULT-VALUE}")
  private double journal;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "180",
      description = "How long each step may take before the run fails. Default: ${DEFAULT-VALUE}")
  private long patience;

  /** Made by the command line, which fills in what was typed. */
  @SuppressWarnings("NullAway.Init") // picocli sets the specification before the call.
  public SoakCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    var progress = new Progress(spec.commandLine().getOut(), System::nanoTime);
    Path serverJar = common.serverJar();
    var machine = Machine.here(serverJar);
    var results = ResultDirectory.open(common.out());
    SoakPlan plan = plan();
    try (var data = DataDirectory.create(common.keep());
        var stage =
            Stage.open(
                new StagePlan(
                    serverJar,
                    common.serverOptions(),
                    data.path(),
                    results.path(),
                    plan.patience()))) {
      SoakFigures figures = new SoakRun(plan, machine, stage, progress).run();
      Publication.publish(SoakReport.of(figures), results, progress);
      return figures.holds() ? 0 : 1;
    }
  }

  private SoakPlan plan() {
    return new SoakPlan(
        Duration.ofMillis((long) (minutes * 60e3)),
        accounts,
        chats,
        rate,
        Duration.ofSeconds(weather),
        Duration.ofSeconds(sample),
        Duration.ofSeconds(warmUp),
        new Limits(heap, threads, files, journal),
        Duration.ofSeconds(patience));
  }
}
