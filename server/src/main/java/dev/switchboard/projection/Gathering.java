package dev.switchboard.projection;

import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.Positioned;
import dev.switchboard.journal.Tail;
import dev.switchboard.model.message.MessageContent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Gathers entries to batches: bounded in number, in bytes, and in the time that the first waits.
 */
final class Gathering {
  private static final int AT_ONCE = 100;
  private static final int BYTES_BESIDE_CONTENT = 200;
  private static final Duration IDLE = Duration.ofMillis(100);
  private static final Duration GLANCE = Duration.ofMillis(5);

  private final ProjectionLimits limits;
  private final BooleanSupplier hurry;
  private final Linger linger;

  /**
   * @param hurry whether a batch is not to wait for more
   */
  Gathering(ProjectionLimits limits, BooleanSupplier hurry) {
    this.limits = limits;
    this.hurry = hurry;
    this.linger = new Linger(limits.linger(), limits.longestLinger());
  }

  /** The last batch was in storage after so long. */
  void stored(Duration time) {
    linger.took(time);
  }

  /** The next batch; empty when nothing was appended for a while. */
  List<Positioned> next(Tail tail) throws InterruptedException {
    var asked = Math.min(AT_ONCE, limits.batchEntries());
    var more = tail.next(asked, IDLE);
    var batch = new ArrayList<>(more);
    var bytes = bytes(batch);
    var deadline = System.nanoTime() + linger.now().toNanos();
    while (!batch.isEmpty()
        && batch.size() < limits.batchEntries()
        && bytes < limits.batchBytes()) {
      var left = Duration.ofNanos(deadline - System.nanoTime());
      var over = hurry.getAsBoolean() || !left.isPositive();
      if (!over && more.size() < asked) {
        rest(left);
      }
      asked = Math.min(AT_ONCE, limits.batchEntries() - batch.size());
      more = tail.next(asked, Duration.ZERO);
      if (more.isEmpty() && over) {
        break;
      }
      batch.addAll(more);
      bytes += bytes(more);
    }
    return batch;
  }

  /** Asleep: who waited at the tail would be woken for each flush of the journal. */
  private static void rest(Duration left) throws InterruptedException {
    Thread.sleep(left.compareTo(GLANCE) < 0 ? left : GLANCE);
  }

  private static long bytes(List<Positioned> entries) {
    return entries.stream().mapToLong(entry -> bytes(entry.entry())).sum();
  }

  private static long bytes(JournalEntry entry) {
    return BYTES_BESIDE_CONTENT
        + switch (entry) {
          case JournalEntry.Accepted accepted -> bytes(accepted.content());
          case JournalEntry.Carried carried -> bytes(carried.accepted().content());
          case JournalEntry.Attempted attempted -> PendingOfAccount.bytes(attempted.changes());
          case JournalEntry.Sent _,
              JournalEntry.Failed _,
              JournalEntry.Cancelled _,
              JournalEntry.Rescheduled _,
              JournalEntry.Progressed _,
              JournalEntry.Paused _,
              JournalEntry.Resumed _,
              JournalEntry.Linked _,
              JournalEntry.Unlinked _,
              JournalEntry.Forgotten _,
              JournalEntry.AccountCarried _ ->
              0;
        };
  }

  private static long bytes(MessageContent content) {
    return switch (content) {
      case MessageContent.Text text -> text.body().length();
      case MessageContent.Unsupported unsupported -> unsupported.raw().length;
      case MessageContent.Undecryptable _ -> 0;
    };
  }
}
