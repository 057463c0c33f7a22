package dev.switchboard.loadtest.core.program;

import dev.switchboard.connector.SendOutcome;
import dev.switchboard.journal.Journal;
import dev.switchboard.journal.chronicle.Durability;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.pacing.PacingPolicy;
import dev.switchboard.outbox.assembly.Sending;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Senders that have nothing to do, before and after each has sent one message: DIRECTORY SENDERS.
 */
public final class Idling {
  private static final int SETTLING_SECONDS = 15;
  private static final int PATIENCE_SECONDS = 120;

  private Idling() {}

  public static void main(String[] arguments) throws Exception {
    int senders = Integer.parseInt(arguments[1]);
    try (Journal journal = Core.journal(Path.of(arguments[0]), Durability.FSYNC);
        Sending sending =
            Core.sending(journal, new Rules(account -> PacingPolicy.STANDARD), List.of())) {
      Told.measure("without");
      var sent = new CountDownLatch(senders);
      for (int i = 0; i < senders; i++) {
        connect(sending, Samples.account(i), sent);
      }
      settle();
      Told.measure("connected");
      for (int i = 0; i < senders; i++) {
        var _ = sending.ledger().of(Samples.account(i)).reserve(1);
      }
      Filling.fill(journal, senders, senders, 1);
      if (!sent.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(sent.getCount() + " accounts sent nothing");
      }
      settle();
      Told.count("left", sending.ledger().open());
      Told.measure("sent");
    }
    System.exit(0);
  }

  private static void connect(Sending sending, AccountKey account, CountDownLatch sent) {
    Engine engine =
        message -> {
          sending.departures().attempted(account, message.id(), List.of());
          sent.countDown();
          return new SendOutcome.Sent(Instant.now(), message.to());
        };
    sending.senders().connected(account, engine);
  }

  /** Lets every sender come to its rest, and the collector give back what it does not need. */
  private static void settle() throws InterruptedException {
    TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
  }
}
