package dev.switchboard.loadtest.crash;

import dev.switchboard.api.v1.MessageStatus;
import dev.switchboard.api.v1.StreamMessagesResponse;
import dev.switchboard.loadtest.client.GatewayClient;
import dev.switchboard.loadtest.client.StateWatch;
import dev.switchboard.loadtest.crash.CrashFigures.Life;
import dev.switchboard.loadtest.process.Postmaster;
import dev.switchboard.loadtest.process.ServerProcess;
import dev.switchboard.loadtest.run.LoadTestException;
import dev.switchboard.loadtest.run.Progress;
import dev.switchboard.loadtest.stage.Stage;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** The server's lives: started, killed at some moment, started again. */
final class Lives implements AutoCloseable {
  private static final int LEAST_STARTED_MILLIS = 300;
  private static final double KILLED_WHILE_STARTING = 0.2;
  private static final double KILLED_WHILE_SENDING = 0.75;
  private static final double KILLED_WHILE_FULL = 0.5;

  /** Nobody waits longer for accounts: a kill of a server that hangs is one more case. */
  private static final Duration RETURN_LIMIT = Duration.ofSeconds(20);

  private static final Duration STEP = Duration.ofMillis(20);

  private final CrashPlan plan;
  private final Stage stage;
  private final ServerProcess.Plan server;
  private final @Nullable JournalDisk disk;
  private final String key;
  private final List<String> instances;
  private final Caller.Target target;
  private final Answers answers;
  private final Progress progress;
  private final Progress.Stopwatch time;
  private final Random random;
  private final List<Life> ended = new ArrayList<>();
  private final List<Long> recoveries = new ArrayList<>();
  private ServerProcess process;
  private @Nullable GatewayClient gateway;
  private @Nullable StateWatch states;
  private int permitted;

  Lives(
      CrashPlan plan,
      Stage stage,
      ServerProcess.Plan server,
      @Nullable JournalDisk disk,
      String key,
      ServerProcess process,
      List<String> instances,
      Caller.Target target,
      Answers answers,
      Progress progress) {
    this.plan = plan;
    this.stage = stage;
    this.server = server;
    this.disk = disk;
    this.key = key;
    this.process = process;
    this.instances = instances;
    this.target = target;
    this.answers = answers;
    this.progress = progress;
    this.time = progress.start();
    this.random = new Random(plan.seed());
  }

  List<Life> ended() {
    return List.copyOf(ended);
  }

  List<Long> recoveries() {
    return List.copyOf(recoveries);
  }

  GatewayClient gateway() {
    if (gateway == null) {
      throw new LoadTestException("the server is not there");
    }
    return gateway;
  }

  /** Kills and starts as often as planned; each round has its share of the messages. */
  void endManyTimes(Semaphore permits) throws InterruptedException {
    connect();
    for (int round = 1; round <= plan.rounds(); round++) {
      boolean full = disk != null && round % 2 == 0;
      if (disk != null && full) {
        disk.fill();
      }
      live(round, permits);
      if (disk != null && full) {
        disk.awaitRefusal(plan.patience());
        clearMaybe(disk);
      }
      boolean postgres =
          switch (plan.victim()) {
            case SERVER -> false;
            case POSTGRES -> true;
            case BOTH -> random.nextBoolean();
          };
      if (postgres) {
        killPostgres();
      } else {
        killServer();
      }
      progress.say(
          "round %d of %d: %s killed%s, %d of %d messages accepted",
          round,
          plan.rounds(),
          postgres ? "postgres" : "server",
          full ? " on a full disk" : "",
          answers.count(),
          plan.total());
      if (disk != null) {
        disk.clear();
      }
    }
  }

  /** In half of the cases the kill and the start happen on the full disk. */
  private void clearMaybe(JournalDisk filled) {
    if (random.nextDouble() > KILLED_WHILE_FULL) {
      filled.clear();
    }
  }

  /**
   * A random time with traffic: the permits of the round are given out evenly over the window. In
   * most rounds that begins when half of the accounts are connected again, in the others at once.
   */
  private void live(int round, Semaphore permits) throws InterruptedException {
    if (random.nextDouble() < KILLED_WHILE_SENDING) {
      awaitAccounts();
    }
    long window = plan.window().toMillis();
    long until = random.nextLong(window + window / 4);
    int share = (int) ((long) plan.total() * round / plan.rounds());
    int first = permitted;
    for (long at = 0; at < until; at += STEP.toMillis()) {
      int wanted = (int) Math.min(share, first + (long) (share - first) * (at + 1) / window + 1);
      permits.release(Math.max(0, wanted - permitted));
      permitted = Math.max(permitted, wanted);
      Thread.sleep(STEP);
    }
  }

  private void awaitAccounts() throws InterruptedException {
    Progress.Stopwatch waited = progress.start();
    while (states().readyAmong(instances) < instances.size() / 2
        && waited.elapsed().compareTo(RETURN_LIMIT) < 0) {
      Thread.sleep(STEP);
    }
  }

  private StateWatch states() {
    if (states == null) {
      throw new LoadTestException("the server is not there");
    }
    return states;
  }

  /** One that is being started again is waited for. */
  private void killPostgres() throws InterruptedException {
    Progress.Stopwatch waited = progress.start();
    Optional<ProcessHandle> postmaster = Postmaster.running(server.data());
    while (postmaster.isEmpty() && waited.elapsed().compareTo(plan.patience()) < 0) {
      Thread.sleep(STEP);
      postmaster = Postmaster.running(server.data());
    }
    postmaster
        .orElseThrow(() -> new LoadTestException("the server has no PostgreSQL that runs"))
        .destroyForcibly();
    remember("postgres", false);
  }

  private void killServer() throws InterruptedException {
    target.moveTo(null);
    process.kill();
    remember("server", false);
    disconnect();
    start();
    if (recoveries.size() > 1 && random.nextDouble() < KILLED_WHILE_STARTING) {
      Thread.sleep(LEAST_STARTED_MILLIS + random.nextLong(recoveries.getLast()));
      process.kill();
      remember("server", true);
      start();
    }
    Progress.Stopwatch recovery = progress.start();
    connect();
    recoveries.add(recovery.elapsed().toMillis());
  }

  private void start() {
    process =
        ServerProcess.start(
            server.withLog(server.log().resolveSibling("server-" + ended.size() + ".log")));
  }

  private void connect() throws InterruptedException {
    answers.newLife();
    gateway = stage.client(process, key, plan.patience());
    gateway.watchMessages(new SentWatch(answers));
    states = gateway.watchStates();
    target.moveTo(gateway);
  }

  private void disconnect() {
    if (gateway != null) {
      gateway.close();
      gateway = null;
    }
  }

  private void remember(String victim, boolean starting) {
    ended.add(new Life(time.elapsed().toMillis() / 1e3, victim, starting, answers.count()));
  }

  @Override
  public void close() {
    target.moveTo(null);
    disconnect();
    process.close();
  }

  /** Hears which messages the network took. A stream that ends is not missed: it only spares us. */
  private record SentWatch(Answers answers) implements StreamObserver<StreamMessagesResponse> {
    @Override
    public void onNext(StreamMessagesResponse event) {
      if (event.hasStatusChanged()) {
        var message = event.getStatusChanged().getMessage();
        if (message.getStatus() == MessageStatus.MESSAGE_STATUS_SENT) {
          answers.sent(message.getMessageId());
        }
      }
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onCompleted() {}
  }
}
