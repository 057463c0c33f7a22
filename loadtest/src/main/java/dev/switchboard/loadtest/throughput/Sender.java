package dev.switchboard.loadtest.throughput;

import dev.switchboard.loadtest.measure.Latencies;
import dev.switchboard.loadtest.throughput.Turn.Cost;
import java.time.Duration;
import java.util.List;

/** What is measured: it has accounts and sends from them. */
interface Sender extends AutoCloseable {
  /**
   * Links further accounts.
   *
   * @return the phone numbers of these, in order
   */
  List<String> link(int first, int count) throws InterruptedException;

  /** Sends from the first so many accounts for a while, as many in flight as planned. */
  Sent send(int accounts, Duration time) throws InterruptedException;

  /** What it has cost since it began. */
  Cost cost();

  /** Whether nothing is left to do of what it was asked. */
  boolean done() throws InterruptedException;

  @Override
  void close();

  /** What became of the messages. */
  record Sent(Latencies latencies, long failed) {}
}
