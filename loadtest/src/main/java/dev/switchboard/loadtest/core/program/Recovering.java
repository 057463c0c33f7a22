package dev.switchboard.loadtest.core.program;

import dev.switchboard.connector.OutboundMessage;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.journal.Journal;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.chronicle.Durability;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.pacing.PacingPolicy;
import dev.switchboard.outbox.assembly.Sending;
import dev.switchboard.outbox.dispatch.Follower;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Opens a journal of open messages as a start of the server does, up to the moment at which every
 * account has handed a message to its engine: DIRECTORY ACCOUNTS MESSAGES.
 */
public final class Recovering {
  private static final int POINTS = 100;
  private static final int PATIENCE_SECONDS = 120;

  private Recovering() {}

  public static void main(String[] arguments) throws InterruptedException {
    int accounts = Integer.parseInt(arguments[1]);
    var replay = new Replay(Long.parseLong(arguments[2]));
    Told.figure("started_s", Told.age());
    try (Journal journal = Core.journal(Path.of(arguments[0]), Durability.FSYNC)) {
      Told.figure("opened_s", Told.age());
      recover(journal, accounts, replay);
    }
    System.exit(0);
  }

  private static void recover(Journal journal, int accounts, Replay replay)
      throws InterruptedException {
    try (Sending sending =
        Core.sending(journal, new Rules(account -> PacingPolicy.STANDARD), List.of(replay))) {
      Told.figure("replayed_s", Told.age());
      Told.count("replayed", replay.count);
      Told.figure("replay_entries", replay.entries());
      Told.figure("replay_seconds", replay.seconds());
      dispatch(sending, accounts);
      sending.drain(Duration.ofSeconds(1));
      Told.count("waiting", sending.ledger().open());
      Told.measure("waiting");
    }
  }

  /** Connects every account, and waits until each has handed a message to its engine. */
  private static void dispatch(Sending sending, int accounts) throws InterruptedException {
    var first = new AtomicLong();
    var all = new CountDownLatch(accounts);
    for (int i = 0; i < accounts; i++) {
      AccountKey account = Samples.account(i);
      Engine engine =
          message -> {
            sending.departures().attempted(account, message.id(), List.of());
            first.compareAndSet(0, System.currentTimeMillis());
            all.countDown();
            return silence(message);
          };
      sending.senders().connected(account, engine);
    }
    if (!all.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(all.getCount() + " accounts sent nothing");
    }
    double now = Told.age();
    Told.figure("first_s", now - (System.currentTimeMillis() - first.get()) / 1000.0);
    Told.figure("all_s", now);
  }

  /** No acknowledgement comes: what was sent stays open, so that all of it is measured. */
  private static SendOutcome silence(OutboundMessage message) throws InterruptedException {
    TimeUnit.DAYS.sleep(1);
    return new SendOutcome.Unknown(message.id().value());
  }

  /** How far the replay is at which time. */
  private static final class Replay implements Follower {
    private final long step;
    private final List<double[]> points = new ArrayList<>();
    private volatile long count;

    Replay(long messages) {
      step = Math.max(1, messages / POINTS);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread follows the journal.
    public void applied(
        long position, JournalEntry entry, List<MessageId> concerned, boolean replay) {
      if (replay && ++count % step == 0) {
        points.add(new double[] {count, Told.age()});
      }
    }

    double[] entries() {
      return points.stream().mapToDouble(point -> point[0]).toArray();
    }

    double[] seconds() {
      return points.stream().mapToDouble(point -> point[1]).toArray();
    }
  }
}
