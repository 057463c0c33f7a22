package dev.switchboard.loadtest.commit;

import dev.switchboard.journal.JournalEntry.Accepted;
import dev.switchboard.journal.Seal;
import dev.switchboard.journal.chronicle.ChronicleConfig;
import dev.switchboard.journal.chronicle.ChronicleJournal;
import dev.switchboard.loadtest.measure.ClosedLoop;
import dev.switchboard.loadtest.measure.Latencies;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.SendOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Appends with so many callers for so long and prints what it took. */
public final class CommitBench {
  /** What precedes the result on the last line. */
  static final String RESULT = "MEASURED ";

  private CommitBench() {}

  /**
   * Measures.
   *
   * @param arguments directory of the journal, callers, milliseconds to warm up, milliseconds to
   *     measure, bytes of a text
   */
  public static void main(String[] arguments) throws InterruptedException {
    int callers = Integer.parseInt(arguments[1]);
    var entry = entry("x".repeat(Integer.parseInt(arguments[4])));
    var config = ChronicleConfig.in(Path.of(arguments[0]));
    try (var journal = ChronicleJournal.open(config, new NoSeal(), InstantSource.system())) {
      var loop = new ClosedLoop(callers, caller -> journal.append(entry) >= 0);
      var _ = loop.run(millis(arguments[2]));
      long flushes = journal.status().flushes();
      Latencies measured = loop.run(millis(arguments[3]));
      long flushed = journal.status().flushes() - flushes;
      System.out.println(RESULT + flushed + " " + measured.encoded());
    }
  }

  private static Duration millis(String text) {
    return Duration.ofMillis(Long.parseLong(text));
  }

  private static Accepted entry(String text) {
    return new Accepted(
        new AccountKey(TenantId.DEFAULT, new InstanceId("load-00000")),
        new MessageId("3EB0000000000000000000"),
        Peer.of(new PhoneNumber("15550001000")),
        new MessageContent.Text(text),
        Instant.EPOCH,
        SendOptions.DEFAULT,
        null,
        0);
  }

  /** The bare journal: what encryption costs is the server's. */
  private static final class NoSeal implements Seal {
    @Override
    public byte[] seal(byte[] plain, AccountKey account) {
      return plain;
    }

    @Override
    public byte[] open(byte[] sealed, AccountKey account) {
      return sealed;
    }
  }
}
