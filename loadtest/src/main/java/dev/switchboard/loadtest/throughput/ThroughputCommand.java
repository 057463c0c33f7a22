package dev.switchboard.loadtest.throughput;

import dev.switchboard.loadtest.measure.Machine;
import dev.switchboard.loadtest.peer.PeerInstallation;
import dev.switchboard.loadtest.peer.PeerProcess;
import dev.switchboard.loadtest.result.ResultDirectory;
import dev.switchboard.loadtest.run.CommonOptions;
import dev.switchboard.loadtest.run.DataDirectory;
import dev.switchboard.loadtest.run.Progress;
import dev.switchboard.loadtest.stage.Publication;
import dev.switchboard.loadtest.stage.Stage;
import dev.switchboard.loadtest.stage.StagePlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How many messages a processor second sends, beside a minimal sender on Baileys. */
@Command(
    name = "throughput",
    mixinStandardHelpOptions = true,
    description = "Measures messages from accept to acknowledgement, beside a sender on Baileys.")
public final class ThroughputCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec;

  @Option(
      names = "--accounts",
      paramLabel = "N,…",
      split = ",",
      defaultValue = "1,100,1000",
      description = "How many accounts send, one measurement each. Default: ${DEFAULT-VALUE}")
  private List<Integer> accounts = List.of();

  @Option(
      names = "--lanes",
      paramLabel = "N",
      defaultValue = "8",
      description = "Messages of an account in flight at a time. Default: ${DEFAULT-VALUE}")
  private int lanes;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      defaultValue = "1000",
      description = "The same of all accounts, one each at least. Default: ${DEFAULT-VALUE}")
  private int inFlight;

  @Option(
      names = "--recipients",
      paramLabel = "N",
      defaultValue = "16",
      description = "Recipients of each account. Default: ${DEFAULT-VALUE}")
  private int recipients;

  @Option(
      names = "--bytes",
      paramLabel = "N",
      defaultValue = "100",
      description = "Bytes of a text. Default: ${DEFAULT-VALUE}")
  private int bytes;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Turns of server and peer. Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--time",
      paramLabel = "SECONDS",
      defaultValue = "15",
      description = "How long each turn is. Default: ${DEFAULT-VALUE}")
  private long time;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description =
          "How long each sends before it counts, again until it gains nothing."
              + " Default: ${DEFAULT-VALUE}")
  private long warmUp;

  @Option(
      names = "--warm-ups",
      paramLabel = "N",
      defaultValue = "10",
      description = "How often at most. Default: ${DEFAULT-VALUE}")
  private int warmUps;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "180",
      description = "How long each step may take before the run fails. Default: ${DEFAULT-VALUE}")
  private long patience;

  @Option(
      names = "--peers",
      paramLabel = "DIR",
      description = "Where the peer's sources are. Default: peers of this module")
  private @Nullable Path peers;

  @Option(names = "--no-peer", description = "Measure the server alone.")
  private boolean noPeer;

  /** Made by the command line, which fills in what was typed. */
  @SuppressWarnings("NullAway.Init") // picocli sets the specification before the call.
  public ThroughputCommand() {}

  /** The peer's programs, or why there are none. */
  private record Peer(@Nullable PeerInstallation installation, String missing) {
    ThroughputFigures.Peer compared() {
      String runtime = installation == null ? "" : "Node " + installation.version();
      return new ThroughputFigures.Peer(runtime, missing);
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    var progress = new Progress(spec.commandLine().getOut(), System::nanoTime);
    Path serverJar = common.serverJar();
    var machine = Machine.here(serverJar);
    var results = ResultDirectory.open(common.out());
    ThroughputPlan plan = plan();
    Peer peer = peer(progress);
    try (var data = DataDirectory.create(common.keep());
        var stage =
            Stage.open(
                new StagePlan(
                    serverJar,
                    common.serverOptions(),
                    data.path(),
                    results.path(),
                    plan.patience()))) {
      ThroughputFigures figures =
          measured(plan, new ThroughputRun(plan, machine, stage, progress), stage, peer, results);
      Publication.publish(ThroughputReport.of(figures), results, progress);
      return 0;
    }
  }

  private Peer peer(Progress progress) throws InterruptedException {
    if (noPeer) {
      return new Peer(null, "not asked for");
    }
    try {
      progress.say("the peer is installed");
      Path source = peers != null ? peers : common.target().resolveSibling("peers");
      return new Peer(PeerInstallation.into(common.target().resolve("peers"), source), "");
    } catch (PeerInstallation.Missing e) {
      String missing = String.valueOf(e.getMessage());
      progress.say("NO PEER to compare with: %s", missing);
      return new Peer(null, missing);
    }
  }

  private static ThroughputFigures measured(
      ThroughputPlan plan, ThroughputRun run, Stage stage, Peer peer, ResultDirectory results)
      throws InterruptedException {
    List<String> people = stage.people(plan.people(), false);
    try (Sender server = GatewaySender.start(plan, stage, people);
        Sender other = sender(plan, stage, people, peer.installation(), results.path())) {
      return run.measure(people, server, other, peer.compared());
    }
  }

  private static @Nullable Sender sender(
      ThroughputPlan plan,
      Stage stage,
      List<String> people,
      @Nullable PeerInstallation installation,
      Path logs) {
    if (installation == null) {
      return null;
    }
    var described = stage.sandbox().describe();
    var network =
        new PeerProcess.Network(
            described.getWebsocketUrl(), described.getNoiseRootHex(), stage.certificate());
    return new PeerSender(plan, stage, installation, network, people, logs);
  }

  private ThroughputPlan plan() {
    return new ThroughputPlan(
        accounts,
        lanes,
        inFlight,
        recipients,
        bytes,
        rounds,
        Duration.ofSeconds(time),
        Duration.ofSeconds(warmUp),
        warmUps,
        Duration.ofSeconds(patience));
  }
}
