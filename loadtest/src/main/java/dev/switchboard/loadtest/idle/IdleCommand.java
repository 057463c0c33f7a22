package dev.switchboard.loadtest.idle;

import dev.switchboard.loadtest.result.ResultDirectory;
import dev.switchboard.loadtest.run.CommonOptions;
import dev.switchboard.loadtest.run.DataDirectory;
import dev.switchboard.loadtest.run.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What an idle account costs: heap, memory, threads, and the time until READY after a restart. */
@Command(
    name = "idle",
    mixinStandardHelpOptions = true,
    description = "Measures what an idle account costs.")
public final class IdleCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      defaultValue = "500",
      description = "Accounts to link. Default: ${DEFAULT-VALUE}")
  private int accounts;

  @Option(
      names = "--peers",
      paramLabel = "N",
      defaultValue = "5",
      description = "Peers that each account exchanges a text with. Default: ${DEFAULT-VALUE}")
  private int peers;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "16",
      description = "Accounts that are linked at once. Default: ${DEFAULT-VALUE}")
  private int parallel;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "180",
      description = "How long each step may take before the run fails. Default: ${DEFAULT-VALUE}")
  private long patience;

  @Option(
      names = "--settle",
      paramLabel = "SECONDS",
      defaultValue = "75",
      description =
          "How long the server idles before it is measured; it keeps what accounts used last for a"
              + " minute. Default: ${DEFAULT-VALUE}")
  private long settling;

  /** Made by the command line, which fills in what was typed. */
  @SuppressWarnings("NullAway.Init") // picocli sets the specification before the call.
  public IdleCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    var progress = new Progress(out, System::nanoTime);
    Path serverJar = common.serverJar();
    var plan =
        new IdlePlan(
            accounts,
            peers,
            parallel,
            Duration.ofSeconds(patience),
            Duration.ofSeconds(settling),
            common.serverOptions());
    var results = ResultDirectory.open(common.out());
    var report = new IdleReport(measure(plan, serverJar, results, progress));
    results.write("idle", report.data(), report.text(), report.page().html());
    progress.say("the results are in %s", results.path());
    progress.print("\n" + report.text() + "\n");
    progress.print(report.line().toString());
    return 0;
  }

  private IdleFigures measure(
      IdlePlan plan, Path serverJar, ResultDirectory results, Progress progress)
      throws InterruptedException {
    try (var data = DataDirectory.create(common.keep())) {
      progress.say("the data of the run are in %s", data.path());
      return new IdleRun(plan, serverJar, data.path(), results.path(), progress).measure();
    }
  }
}
