package dev.switchboard.loadtest.throughput;

import dev.switchboard.loadtest.run.LoadTestException;
import dev.switchboard.loadtest.throughput.Sender.Sent;
import dev.switchboard.loadtest.throughput.Turn.Cost;
import java.time.Duration;

/** Measures a turn from silence to silence. */
final class Meter {
  private static final Duration PAUSE = Duration.ofMillis(500);

  /** A sender that uses less than this part of one processor rests, its idle accounts apart. */
  private static final double REST = 0.2;

  private final Duration patience;

  Meter(Duration patience) {
    this.patience = patience;
  }

  Turn measure(Sender sender, int accounts, Duration time) throws InterruptedException {
    Cost before = quiet(sender);
    Sent sent = sender.send(accounts, time);
    Cost after = quiet(sender);
    return new Turn(sent.latencies(), sent.failed(), after.minus(before));
  }

  /** Waits until a sender has nothing to do; the answer is what it has cost until then. */
  private Cost quiet(Sender sender) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Cost before = sender.cost();
      Thread.sleep(PAUSE);
      Cost after = sender.cost();
      if (rests(before, after) && sender.done()) {
        return after;
      }
      if (System.nanoTime() > deadline) {
        throw new LoadTestException("a sender did not become quiet in " + patience);
      }
    }
  }

  static boolean rests(Cost before, Cost after) {
    return after.minus(before).sum().toNanos() < PAUSE.toNanos() * REST;
  }
}
