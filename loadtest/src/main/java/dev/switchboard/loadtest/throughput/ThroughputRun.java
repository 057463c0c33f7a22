package dev.switchboard.loadtest.throughput;

import dev.switchboard.loadtest.measure.Machine;
import dev.switchboard.loadtest.measure.ProcessorTime;
import dev.switchboard.loadtest.run.Parallel;
import dev.switchboard.loadtest.run.Progress;
import dev.switchboard.loadtest.stage.Stage;
import dev.switchboard.loadtest.throughput.Turn.Cost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Server and peer take turns on the same network, with more and more accounts. */
final class ThroughputRun {
  private static final int WRITERS = 8;

  /** A warm-up that gains less than this is the last. */
  private static final double ENOUGH = 1.1;

  private final ThroughputPlan plan;
  private final Machine machine;
  private final Stage stage;
  private final Progress progress;
  private final Meter meter;

  ThroughputRun(ThroughputPlan plan, Machine machine, Stage stage, Progress progress) {
    this.plan = plan;
    this.machine = machine;
    this.stage = stage;
    this.progress = progress;
    this.meter = new Meter(plan.patience());
  }

  /**
   * @param compared who the peer is, or why there is none
   */
  ThroughputFigures measure(
      List<String> people, Sender server, @Nullable Sender peer, ThroughputFigures.Peer compared)
      throws InterruptedException {
    var levels = new ArrayList<Level>();
    int linked = 0;
    for (int accounts : plan.accounts()) {
      link(server, "the server", people, linked, accounts);
      if (peer != null) {
        link(peer, "the peer", people, linked, accounts);
      }
      linked = accounts;
      levels.add(level(accounts, server, peer));
    }
    return new ThroughputFigures(plan, machine, levels, compared, refusals());
  }

  /** Links what is missing, and has everybody whom an account will write to write to it first. */
  private void link(Sender sender, String name, List<String> people, int from, int upTo)
      throws InterruptedException {
    List<String> phones = sender.link(from, upTo - from);
    Parallel.forEach(
        IntStream.range(from, upTo).boxed().toList(),
        WRITERS,
        account -> {
          for (int step = 0; step < plan.recipients(); step++) {
            String writer = ThroughputPlan.recipient(people, account, step);
            stage.sandbox().write(writer, phones.get(account - from), "hello");
          }
        });
    progress.say("%s has %d accounts, each with %d chats", name, upTo, plan.recipients());
  }

  private Level level(int accounts, Sender server, @Nullable Sender peer)
      throws InterruptedException {
    Cost idle = idle(server, accounts, "the server");
    Cost idlePeer = peer == null ? Cost.NONE : idle(peer, accounts, "the peer");
    warmUp(accounts, server, idle, peer, idlePeer);
    Turn servers = Turn.NONE;
    Turn peers = Turn.NONE;
    Duration network = Duration.ZERO;
    for (int round = 1; round <= plan.rounds(); round++) {
      Duration before = ProcessorTime.of(stage.pid()).own();
      servers = servers.plus(turn(server, idle, "server", accounts, round));
      network = network.plus(ProcessorTime.of(stage.pid()).own()).minus(before);
      if (peer != null) {
        peers = peers.plus(turn(peer, idlePeer, "peer", accounts, round));
      }
    }
    return new Level(
        accounts,
        plan.lanesOf(accounts),
        servers,
        peer == null ? null : peers,
        network,
        Machine.loadNow());
  }

  private Cost idle(Sender sender, int accounts, String name) throws InterruptedException {
    Cost idle = meter.idle(sender, accounts);
    progress.say("%s idles at %.2f of a processor", name, idle.sum().toMillis() / 1e3);
    return idle;
  }

  private void warmUp(int accounts, Sender server, Cost idle, @Nullable Sender peer, Cost idlePeer)
      throws InterruptedException {
    if (plan.warmUp().isPositive()) {
      warmUp(server, idle, "server", accounts);
      if (peer != null) {
        warmUp(peer, idlePeer, "peer", accounts);
      }
    }
  }

  /** Until messages get no cheaper: compilers work for a number of messages, not for a time. */
  private void warmUp(Sender sender, Cost idle, String name, int accounts)
      throws InterruptedException {
    double before = 0;
    for (int step = 1; step <= plan.warmUps(); step++) {
      double now = meter.measure(sender, accounts, plan.warmUp(), idle).perCpuSecond();
      progress.say(
          "%d accounts, warm-up %d, %s: %.0f per processor second", accounts, step, name, now);
      if (now < before * ENOUGH) {
        return;
      }
      before = now;
    }
  }

  private Turn turn(Sender sender, Cost idle, String name, int accounts, int round)
      throws InterruptedException {
    Turn turn = meter.measure(sender, accounts, plan.time(), idle);
    progress.say(
        "%d accounts, round %d of %d, %s: %.0f per second, %.0f per processor second, %d failed, load %.1f",
        accounts,
        round,
        plan.rounds(),
        name,
        turn.perSecond(),
        turn.perCpuSecond(),
        turn.failed(),
        Machine.loadNow());
    return turn;
  }

  private List<String> refusals() {
    return stage.sandbox().describe().getRefusalsList().stream()
        .map(refusal -> refusal.getKind() + " " + refusal.getCount())
        .toList();
  }
}
