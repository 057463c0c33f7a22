package dev.switchboard.loadtest.soak;

import dev.switchboard.loadtest.client.SandboxClient;
import dev.switchboard.loadtest.client.SandboxClient.Mischief;
import dev.switchboard.loadtest.run.Progress;
import dev.switchboard.loadtest.stage.Accounts.Linked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Good for a while, then bad: connections drop, and the network is late, forgets and repeats. */
final class Weather implements AutoCloseable {
  private static final Duration BETWEEN_DROPS = Duration.ofSeconds(2);

  private static final List<Mischief> BAD =
      List.of(
          new Mischief.LateAcknowledgements(20),
          new Mischief.LostAcknowledgements(2),
          new Mischief.LostMessages(3),
          new Mischief.DoubledMessages(5));

  private final SandboxClient sandbox;
  private final List<Linked> accounts;
  private final Duration spell;
  private final Progress progress;
  private final Random random = new Random(1);
  private final AtomicLong drops = new AtomicLong();
  private final List<Double> changes = new ArrayList<>();
  private final Progress.Stopwatch time;
  private final Thread thread;

  Weather(SandboxClient sandbox, List<Linked> accounts, Duration spell, Progress progress) {
    this.sandbox = sandbox;
    this.accounts = accounts;
    this.spell = spell;
    this.progress = progress;
    this.time = progress.start();
    this.thread = Thread.ofVirtual().name("weather").unstarted(this::change);
  }

  void begin() {
    thread.start();
  }

  /** Connections that were dropped. */
  long drops() {
    return drops.get();
  }

  /** Minutes at which it changed. */
  synchronized List<Double> changes() {
    return List.copyOf(changes);
  }

  private void change() {
    try {
      while (true) {
        Thread.sleep(spell);
        remember();
        progress.say("bad weather: connections drop, the network forgets and repeats");
        BAD.forEach(sandbox::arm);
        drop(time.elapsed().plus(spell));
        clear();
        remember();
        progress.say("good weather");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void drop(Duration end) throws InterruptedException {
    while (time.elapsed().compareTo(end) < 0) {
      Thread.sleep(BETWEEN_DROPS);
      sandbox.disconnect(accounts.get(random.nextInt(accounts.size())).phoneNumber());
      drops.incrementAndGet();
    }
  }

  private synchronized void remember() {
    changes.add(time.elapsed().toMillis() / 60e3);
  }

  /** What was kept back comes with the next login. */
  private void clear() {
    sandbox.clearFaults();
    accounts.forEach(account -> sandbox.disconnect(account.phoneNumber()));
    drops.addAndGet(accounts.size());
  }

  /** Ends with good weather. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    clear();
  }
}
