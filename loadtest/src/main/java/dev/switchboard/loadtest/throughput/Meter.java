package dev.switchboard.loadtest.throughput;

import dev.switchboard.loadtest.run.LoadTestException;
import dev.switchboard.loadtest.throughput.Sender.Sent;
import dev.switchboard.loadtest.throughput.Turn.Cost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Measures a turn from silence to silence, without what idle accounts cost in that time. */
final class Meter {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** A sender that uses less than this part of one processor rests, its idle accounts apart. */
  private static final double REST = 0.2;

  /** What idle accounts do comes in bursts. */
  private static final double BURST = 2;

  private static final Duration LOOK = Duration.ofSeconds(5);

  /** Half a minute: clients show about twice a minute that they are there. */
  private static final int LOOKS = 7;

  /** An account that uses more than this part of one processor does not idle, it is at work. */
  private static final double IDLING = 0.0005;

  private final Duration patience;

  Meter(Duration patience) {
    this.patience = patience;
  }

  /**
   * What a sender costs in a second in which it sends nothing, once it has come to rest: in the
   * middle one of several looks, since what is done every few minutes is no part of it.
   */
  Cost idle(Sender sender, int accounts) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    Cost idle = middle(sender);
    while (!idles(idle, accounts)) {
      requireBefore(deadline);
      idle = middle(sender);
    }
    return idle;
  }

  static boolean idles(Cost eachSecond, int accounts) {
    return eachSecond.sum().toNanos() < SECOND.toNanos() * (REST + IDLING * accounts);
  }

  private static Cost middle(Sender sender) throws InterruptedException {
    List<Cost> looks = new ArrayList<>();
    while (looks.size() < LOOKS) {
      looks.add(during(sender, LOOK));
    }
    looks.sort(Comparator.comparing(Cost::sum));
    return looks.get(LOOKS / 2).times(1.0 / LOOK.toSeconds());
  }

  private static Cost during(Sender sender, Duration time) throws InterruptedException {
    Cost before = sender.cost();
    Thread.sleep(time);
    return sender.cost().minus(before);
  }

  /**
   * @param idle what the sender costs in a second without messages
   */
  Turn measure(Sender sender, int accounts, Duration time, Cost idle) throws InterruptedException {
    Cost before = quiet(sender, idle);
    long begun = System.nanoTime();
    Sent sent = sender.send(accounts, time);
    Cost after = quiet(sender, idle);
    double seconds = (System.nanoTime() - begun) / (double) SECOND.toNanos();
    return new Turn(
        sent.latencies(), sent.failed(), after.minus(before).without(idle.times(seconds)));
  }

  /** Waits until a sender has nothing to do; the answer is what it has cost until then. */
  private Cost quiet(Sender sender, Cost idle) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Cost before = sender.cost();
      Thread.sleep(PAUSE);
      Cost after = sender.cost();
      if (rests(after.minus(before), PAUSE, idle) && sender.done()) {
        return after;
      }
      requireBefore(deadline);
    }
  }

  private void requireBefore(long deadline) {
    if (System.nanoTime() > deadline) {
      throw new LoadTestException("a sender did not become quiet in " + patience);
    }
  }

  static boolean rests(Cost cost, Duration time, Cost idle) {
    double allowed = REST + BURST * idle.sum().toNanos() / SECOND.toNanos();
    return cost.sum().toNanos() < time.toNanos() * allowed;
  }
}
