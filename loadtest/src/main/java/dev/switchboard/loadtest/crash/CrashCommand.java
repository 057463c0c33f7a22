package dev.switchboard.loadtest.crash;

import dev.switchboard.loadtest.crash.CrashPlan.Victim;
import dev.switchboard.loadtest.measure.Machine;
import dev.switchboard.loadtest.result.ResultDirectory;
import dev.switchboard.loadtest.run.CommonOptions;
import dev.switchboard.loadtest.run.DataDirectory;
import dev.switchboard.loadtest.run.Progress;
import dev.switchboard.loadtest.stage.Publication;
import dev.switchboard.loadtest.stage.Stage;
import dev.switchboard.loadtest.stage.StagePlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether accepted messages survive kills: all of them, once, and in order. */
@Command(
    name = "crash",
    mixinStandardHelpOptions = true,
    description = "Kills the server again and again while accounts send, and counts what suffered.")
public final class CrashCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "100",
      description = "Kills. Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      defaultValue = "50",
      description = "Accounts that send. Default: ${DEFAULT-VALUE}")
  private int accounts;

  @Option(
      names = "--messages",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Messages of all accounts together. Default: ${DEFAULT-VALUE}")
  private int messages;

  @Option(
      names = "--chats",
      paramLabel = "N",
      defaultValue = "4",
      description = "Chats of each account. Default: ${DEFAULT-VALUE}")
  private int chats;

  @Option(
      names = "--kill",
      paramLabel = "WHAT",
      defaultValue = "server",
      description = "What is killed: server, postgres or both. Default: ${DEFAULT-VALUE}")
  private String victim = "server";

  @Option(
      names = "--fill-disk",
      description = "Gives the journal a small disk, and fills it in every second round.")
  private boolean fillDisk;

  @Option(
      names = "--window",
      paramLabel = "MILLIS",
      defaultValue = "3000",
      description = "How long a round sends before it is killed. Default: ${DEFAULT-VALUE}")
  private long window;

  @Option(
      names = "--late-acks",
      paramLabel = "PERCENT",
      defaultValue = "30",
      description = "Acknowledgements that come half a second late. Default: ${DEFAULT-VALUE}")
  private int late;

  @Option(
      names = "--readers",
      paramLabel = "N",
      defaultValue = "4",
      description = "Readers of events, which go on after each kill. Default: ${DEFAULT-VALUE}")
  private int readers;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "How long each step may take before the run fails. Default: ${DEFAULT-VALUE}")
  private long patience;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of the times of the kills. Default: ${DEFAULT-VALUE}")
  private long seed;

  /** Made by the command line, which fills in what was typed. */
  @SuppressWarnings("NullAway.Init") // picocli sets the specification before the call.
  public CrashCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    var progress = new Progress(spec.commandLine().getOut(), System::nanoTime);
    Path serverJar = common.serverJar();
    var machine = Machine.here(serverJar);
    var results = ResultDirectory.open(common.out());
    CrashPlan plan = plan();
    try (var data = DataDirectory.create(common.keep());
        var stage =
            Stage.open(
                new StagePlan(
                    serverJar,
                    common.serverOptions(),
                    data.path(),
                    results.path(),
                    plan.patience()))) {
      progress.say("the data of the run are in %s", data.path());
      CrashFigures figures = new CrashRun(plan, machine, stage, progress).run();
      Publication.publish(CrashReport.of(figures), results, progress);
      return figures.holds() ? 0 : 1;
    }
  }

  private CrashPlan plan() {
    return new CrashPlan(
        rounds,
        accounts,
        messages,
        chats,
        Victim.valueOf(victim.toUpperCase(Locale.ROOT)),
        fillDisk,
        Duration.ofMillis(window),
        late,
        readers,
        Duration.ofSeconds(patience),
        seed);
  }
}
