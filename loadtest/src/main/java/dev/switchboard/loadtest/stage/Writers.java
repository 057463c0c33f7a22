package dev.switchboard.loadtest.stage;

import dev.switchboard.loadtest.client.SandboxClient;
import dev.switchboard.loadtest.measure.Latencies;
import dev.switchboard.loadtest.run.LoadTestException;
import dev.switchboard.loadtest.stage.Accounts.Linked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * People who write to the accounts, each to one and all together at a rate, evenly: each message is
 * one event.
 */
public final class Writers {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final Duration STEP = Duration.ofMillis(10);

  private final SandboxClient sandbox;
  private final List<Linked> accounts;
  private final List<String> people;
  private final double rate;
  private final Text text;
  private final AtomicLong written = new AtomicLong();
  private final Histogram calls = Latencies.none().histogram();
  private final List<Thread> writers = new ArrayList<>();
  private volatile Sent sent = (_, _) -> {};
  private volatile @Nullable RuntimeException failure;
  private volatile boolean open;

  /** What is written. */
  @FunctionalInterface
  public interface Text {
    /**
     * The text of a message.
     *
     * @param writer who writes, from 0 on
     * @param nanos when
     */
    String of(int writer, long nanos);
  }

  /** Told of each message. */
  @FunctionalInterface
  public interface Sent {
    /**
     * The network took a message.
     *
     * @param nanos when the text was made
     * @param left when it was handed to the sockets of the account
     */
    void at(long nanos, Instant left);
  }

  /**
   * @param accounts one for each of the people, who may write to the same
   * @param text of a message
   */
  public Writers(
      SandboxClient sandbox, List<Linked> accounts, List<String> people, double rate, Text text) {
    this.sandbox = sandbox;
    this.accounts = accounts;
    this.people = people;
    this.rate = rate;
    this.text = text;
  }

  /** Messages that were handed to the network. */
  public long written() {
    return written.get();
  }

  /** How long the calls of the network took, which encrypts in them. */
  public Histogram calls() {
    synchronized (calls) {
      return calls.copy();
    }
  }

  /** Tells this from now on of each message. */
  public void onSent(Sent listener) {
    sent = listener;
  }

  public void begin() {
    open = true;
    long now = System.nanoTime();
    for (int i = 0; i < accounts.size(); i++) {
      int writer = i;
      writers.add(Thread.ofVirtual().name("writer-", i).start(() -> write(writer, now)));
    }
  }

  /** Returns when so many messages were written, or somebody can write no more. */
  public void await(long messages) throws InterruptedException {
    while (written.get() < messages && failure == null) {
      Thread.sleep(STEP);
    }
  }

  /** Returns when nobody writes any more. */
  public void end() throws InterruptedException {
    open = false;
    for (Thread writer : writers) {
      writer.join();
    }
    writers.clear();
    if (failure != null) {
      throw new LoadTestException("the network did not take a message", failure);
    }
  }

  private void write(int writer, long begin) {
    double step = NANOS_PER_SECOND / rate;
    try {
      for (long turn = 0; open; turn++) {
        awaitTime(begin + (long) ((turn * accounts.size() + writer) * step));
        if (open) {
          write(writer, people.get(writer), accounts.get(writer).phoneNumber());
        }
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void write(int writer, String from, String to) {
    long now = System.nanoTime();
    sent.at(now, sandbox.write(from, to, text.of(writer, now)));
    long took = System.nanoTime() - now;
    written.incrementAndGet();
    synchronized (calls) {
      calls.recordValue(Math.min(took, calls.getHighestTrackableValue()));
    }
  }

  private void awaitTime(long time) {
    for (long left = time - System.nanoTime(); left > 0 && open; left = time - System.nanoTime()) {
      LockSupport.parkNanos(this, left);
    }
  }
}
