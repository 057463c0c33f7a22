package dev.switchboard.loadtest.core.program;

import dev.switchboard.journal.Journal;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.JournalStatus;
import dev.switchboard.journal.chronicle.Durability;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Fills a journal with messages that are accepted and not sent: DIRECTORY MESSAGES ACCOUNTS EACH.
 */
public final class Filling {
  private static final int CHUNK = 1_000;
  private static final double MEGABYTE = 1 << 20;

  private Filling() {}

  public static void main(String[] arguments) throws Exception {
    var data = Path.of(arguments[0]);
    long messages = Long.parseLong(arguments[1]);
    int accounts = Integer.parseInt(arguments[2]);
    int each = Integer.parseInt(arguments[3]);
    try (Journal journal = Core.journal(data, Durability.ASYNC)) {
      fill(journal, messages, accounts, each);
      JournalStatus status = journal.status();
      Told.count("files", status.files());
      Told.figure("disk_mb", status.bytes() / MEGABYTE);
    }
    Told.figure("filled_s", Told.age());
  }

  /**
   * Appends messages, from account to account in turn.
   *
   * @param each how many messages an account has for one recipient
   */
  static void fill(Journal journal, long messages, int accounts, int each)
      throws InterruptedException, ExecutionException {
    try (var writers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      List<Future<?>> chunks =
          LongStream.range(0, Math.ceilDiv(messages, CHUNK))
              .<Future<?>>mapToObj(chunk ->
                  writers.submit(() ->
                      journal.appendAll(
                          chunk(
                              chunk * CHUNK,
                              Math.min(messages, (chunk + 1) * CHUNK),
                              accounts,
                              each))))
              .toList();
      for (Future<?> chunk : chunks) {
        chunk.get();
      }
    }
  }

  private static List<JournalEntry> chunk(long from, long to, int accounts, int each) {
    Instant now = Instant.now();
    return IntStream.range(0, (int) (to - from))
        .<JournalEntry>mapToObj(i -> {
          long message = from + i;
          long turn = message / accounts;
          return Samples.message(
              Samples.account((int) (message % accounts)), Samples.recipient(turn / each), now);
        })
        .toList();
  }
}
