package dev.switchboard.loadtest.idle;

import dev.switchboard.loadtest.measure.ClassHistogram.Growth;
import dev.switchboard.loadtest.measure.Machine;
import dev.switchboard.loadtest.measure.Snapshot;
import java.time.Duration;
import java.util.List;

/**
 * What was measured.
 *
 * @param plan what was done
 * @param machine where
 * @param collector of the server's JVM
 * @param empty the server before the first account
 * @param first the server with the first part of the accounts
 * @param full the server with all accounts READY, their texts exchanged
 * @param restarted the server with all accounts READY after its restart
 * @param linking time to link all accounts and exchange their texts
 * @param readyAfterRestart time from the start of the process to the last account READY
 */
record IdleFigures(
    IdlePlan plan,
    Machine machine,
    String collector,
    Snapshot empty,
    Snapshot first,
    Snapshot full,
    Snapshot restarted,
    Duration linking,
    Duration readyAfterRestart) {
  static final int CLASSES_TOLD = 20;
  private static final double KILOBYTE = 1024;

  /** Kilobytes of live heap for each account: the figure that the target is about. */
  double heapPerAccount() {
    return perAccount(full.liveBytes() - empty.liveBytes(), plan.accounts());
  }

  /** The same after the restart: what an account costs that has not talked since. */
  double heapPerAccountRestarted() {
    return perAccount(restarted.liveBytes() - empty.liveBytes(), plan.accounts());
  }

  /** The same by the collector's own count, which includes what is lost between objects. */
  double usedPerAccount() {
    return perAccount(full.usedBytes() - empty.usedBytes(), plan.accounts());
  }

  /** What one account more costs: without what the first ones cost once for all. */
  double heapPerFurtherAccount() {
    return perAccount(full.liveBytes() - first.liveBytes(), plan.secondPart().size());
  }

  /** Kilobytes of memory of the process for each account. */
  double rssPerAccount() {
    return rssPerAccount(full);
  }

  double rssPerAccountRestarted() {
    return rssPerAccount(restarted);
  }

  /** The classes that take most of what the accounts cost. */
  List<Growth> growth() {
    return full.histogram().growthSince(empty.histogram(), CLASSES_TOLD);
  }

  private double rssPerAccount(Snapshot snapshot) {
    return (double) (snapshot.status().rssKilobytes() - empty.status().rssKilobytes())
        / plan.accounts();
  }

  /** Bytes of all as kilobytes of one. */
  static double perAccount(long bytes, int accounts) {
    return bytes / KILOBYTE / accounts;
  }
}
