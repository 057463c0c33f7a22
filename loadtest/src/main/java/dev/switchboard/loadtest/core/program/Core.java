package dev.switchboard.loadtest.core.program;

import dev.switchboard.journal.Journal;
import dev.switchboard.journal.chronicle.ChronicleConfig;
import dev.switchboard.journal.chronicle.ChronicleJournal;
import dev.switchboard.journal.chronicle.Durability;
import dev.switchboard.outbox.Backlog;
import dev.switchboard.outbox.OutboxLimits;
import dev.switchboard.outbox.assembly.Sending;
import dev.switchboard.outbox.assembly.SendingConfig;
import dev.switchboard.outbox.carry.CarryPolicy;
import dev.switchboard.outbox.dispatch.Follower;
import dev.switchboard.outbox.sender.SendPolicy;
import dev.switchboard.outbox.sender.SendRules;
import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.store.encryption.EntrySeal;
import dev.switchboard.store.encryption.KeySource;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The server's journal and sending, set up as its reference.conf does. */
final class Core {
  private static final SendPolicy POLICY =
      new SendPolicy(
          List.of(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(30)),
          3,
          8,
          Duration.ofSeconds(1));
  private static final OutboxLimits LIMITS =
      new OutboxLimits(Integer.MAX_VALUE, Long.MAX_VALUE, 200_000, 10_000);
  private static final CarryPolicy CARRY =
      new CarryPolicy(3, Duration.ofMinutes(5), Duration.ofMinutes(1));

  private Core() {}

  /** The journal of a directory, encrypted with the key that lies beside it. */
  static Journal journal(Path data, Durability durability) {
    var key = new KeySource.KeyFile(data.resolve("master.key")).load(false);
    return ChronicleJournal.open(
        ChronicleConfig.in(data.resolve("journal")).withDurability(durability),
        EntrySeal.ofJournal(new Encryption(key)),
        InstantSource.system());
  }

  /** Sending over a journal; returns when the journal was read. */
  static Sending sending(Journal journal, SendRules rules, List<Follower> followers)
      throws InterruptedException {
    return new Sending(
        new SendingConfig(POLICY, LIMITS, CARRY),
        journal,
        new Sending.Stored(
            new NeverBehind(),
            () -> 0, // Nothing is projected, so nothing is deleted.
            journal::append,
            followers,
            new NoHistory(),
            (after, most, visitor) -> {}, // Nor was anything asked for before.
            rules),
        InstantSource.system(),
        new SecureRandom());
  }

  private static final class NeverBehind implements Backlog {
    @Override
    public void admit() {}

    @Override
    public void awaitStored(long position) {}
  }
}
