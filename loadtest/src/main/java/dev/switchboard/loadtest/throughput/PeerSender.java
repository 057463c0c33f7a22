package dev.switchboard.loadtest.throughput;

import dev.switchboard.loadtest.measure.ProcessorTime;
import dev.switchboard.loadtest.measure.ThreadTimes;
import dev.switchboard.loadtest.peer.PeerInstallation;
import dev.switchboard.loadtest.peer.PeerProcess;
import dev.switchboard.loadtest.peer.PeerSent;
import dev.switchboard.loadtest.peer.PeerTurn;
import dev.switchboard.loadtest.run.Parallel;
import dev.switchboard.loadtest.stage.Stage;
import dev.switchboard.loadtest.throughput.Turn.Cost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Processes of node that send with Baileys: each has its part of the accounts. */
final class PeerSender implements Sender {
  /** One process is one thread: more accounts would wait for each other. */
  static final int ACCOUNTS_PER_PROCESS = 250;

  private final ThroughputPlan plan;
  private final Stage stage;
  private final PeerInstallation installation;
  private final PeerProcess.Network network;
  private final List<String> people;
  private final Path logs;
  private final List<PeerProcess> processes = new ArrayList<>();

  PeerSender(
      ThroughputPlan plan,
      Stage stage,
      PeerInstallation installation,
      PeerProcess.Network network,
      List<String> people,
      Path logs) {
    this.plan = plan;
    this.stage = stage;
    this.installation = installation;
    this.network = network;
    this.people = people;
    this.logs = logs;
  }

  @Override
  public List<String> link(int first, int count) throws InterruptedException {
    String[] phones = new String[count];
    PeerProcess.Phone phone =
        (account, code) ->
            phones[account - first] =
                stage.sandbox().scan(code, String.format(Locale.ROOT, "Peer owner %05d", account));
    List<Part> linked = new ArrayList<>();
    int from = first;
    while (from < first + count) {
      int index = from / ACCOUNTS_PER_PROCESS;
      int upTo = Math.min(first + count, (index + 1) * ACCOUNTS_PER_PROCESS);
      linked.add(new Part(process(index), from, upTo - from));
      from = upTo;
    }
    Parallel.forEach(
        linked,
        linked.size(),
        part -> part.process().link(part.first(), part.count(), phone, plan.patience()));
    return List.of(phones);
  }

  /** Accounts that one process links. */
  private record Part(PeerProcess process, int first, int count) {}

  private PeerProcess process(int index) {
    if (index == processes.size()) {
      PeerProcess process =
          PeerProcess.start(installation, network, logs.resolve("peer-" + index + ".log"));
      processes.add(process);
      process.recipients(people);
    }
    return processes.get(index);
  }

  @Override
  public Sent send(int accounts, Duration time) throws InterruptedException {
    int[] parts = parts(accounts);
    for (int index = 0; index < parts.length; index++) {
      processes
          .get(index)
          .send(
              new PeerTurn(
                  time, parts[index], plan.lanesOf(accounts), plan.recipients(), plan.bytes()));
    }
    PeerSent sum = processes.getFirst().sent(time.plus(plan.patience()));
    for (PeerProcess process : processes.subList(1, parts.length)) {
      sum = sum.plus(process.sent(plan.patience()));
    }
    return new Sent(sum.latencies(), sum.failed());
  }

  /** How many accounts of each process send when so many do. */
  static int[] parts(int accounts) {
    int[] parts = new int[Math.ceilDiv(accounts, ACCOUNTS_PER_PROCESS)];
    Arrays.fill(parts, ACCOUNTS_PER_PROCESS);
    parts[parts.length - 1] = accounts - (parts.length - 1) * ACCOUNTS_PER_PROCESS;
    return parts;
  }

  @Override
  public Cost cost() {
    Duration sum =
        processes.stream()
            .map(process -> ProcessorTime.of(process.pid()).own())
            .reduce(Duration.ZERO, Duration::plus);
    return new Cost(sum, Duration.ZERO, ThreadTimes.none());
  }

  /** It puts nothing off but receipts, which show as work. */
  @Override
  public boolean done() {
    return true;
  }

  @Override
  public void close() {
    processes.forEach(PeerProcess::close);
  }
}
