package dev.switchboard.loadtest.webhooks;

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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether webhooks get every event, in order, from a server that is killed. */
@Command(
    name = "webhooks",
    mixinStandardHelpOptions = true,
    description = "Kills the server while it posts to a receiver that misbehaves, and compares.")
public final class WebhooksCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "50",
      description = "Kills. Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      defaultValue = "10",
      description = "Accounts that are written to. Default: ${DEFAULT-VALUE}")
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
      defaultValue = "10",
      description = "Messages a second in all. Default: ${DEFAULT-VALUE}")
  private double rate;

  @Option(
      names = "--backlog",
      paramLabel = "N",
      defaultValue = "20000",
      description =
          "Events that wait for a receiver in the end, 0 for none. Default: ${DEFAULT-VALUE}")
  private int backlog;

  @Option(
      names = "--window",
      paramLabel = "MILLIS",
      defaultValue = "6000",
      description = "How long a server lives at most once it answers. Default: ${DEFAULT-VALUE}")
  private long window;

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
      description = "Of the kills and of what the receiver does. Default: ${DEFAULT-VALUE}")
  private long seed;

  /** Made by the command line, which fills in what was typed. */
  @SuppressWarnings("NullAway.Init") // picocli sets the specification before the call.
  public WebhooksCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    var progress = new Progress(spec.commandLine().getOut(), System::nanoTime);
    Path serverJar = common.serverJar();
    var machine = Machine.here(serverJar);
    var results = ResultDirectory.open(common.out());
    WebhooksPlan plan =
        new WebhooksPlan(
            rounds,
            accounts,
            chats,
            rate,
            backlog,
            Duration.ofMillis(window),
            Duration.ofSeconds(patience),
            seed);
    try (var data = DataDirectory.create(common.keep());
        var stage =
            Stage.open(
                new StagePlan(
                    serverJar,
                    common.serverOptions(),
                    data.path(),
                    results.path(),
                    plan.patience()))) {
      WebhooksFigures figures = new WebhooksRun(plan, machine, stage, progress).run();
      Publication.publish(WebhooksReport.of(figures), results, progress);
      return figures.holds() ? 0 : 1;
    }
  }
}
