package dev.switchboard.loadtest.core.program;

import dev.switchboard.journal.Journal;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.chronicle.Durability;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.pacing.PacingPolicy;
import dev.switchboard.outbox.assembly.Sending;
import dev.switchboard.pacing.Familiarity;
import dev.switchboard.pacing.PacingHistory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Lets many accounts send at the pace of their policies: DIRECTORY ACCOUNTS SECONDS WARMUP
 * DURABILITY.
 */
public final class Pacing {
  /** Enough for one message in two seconds, the shortest gap. */
  private static final int SHORTEST_GAP_SECONDS = 2;

  private final int accounts;
  private final int seconds;
  private final int warmup;
  private final List<PacedEngine> engines = new ArrayList<>();
  private final List<long[]> before = new ArrayList<>();

  private Pacing(int accounts, int seconds, int warmup) {
    this.accounts = accounts;
    this.seconds = seconds;
    this.warmup = warmup;
  }

  public static void main(String[] arguments) throws Exception {
    var run =
        new Pacing(
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]));
    Durability durability = Durability.valueOf(arguments[4].toUpperCase(Locale.ROOT));
    try (Journal journal = Core.journal(Path.of(arguments[0]), durability)) {
      run.fill(journal);
      Instant counted = run.send(journal);
      run.tell(journal, counted);
    }
    System.exit(0);
  }

  private void fill(Journal journal) throws InterruptedException, ExecutionException {
    long each = ((long) warmup + seconds) / SHORTEST_GAP_SECONDS + 1;
    Told.say("writing " + each + " messages for each of " + accounts + " accounts");
    Filling.fill(journal, accounts * each, accounts, 1);
    long now = System.currentTimeMillis();
    List<JournalEntry> histories = new ArrayList<>();
    for (int i = 0; i < accounts; i++) {
      before.add(Kind.of(i).before(now - Kind.stagger(i)));
      histories.add(
          new JournalEntry.AccountCarried(
              Samples.account(i), false, null, history(before.getLast()).encode()));
    }
    var _ = journal.appendAll(histories);
  }

  private static PacingHistory history(long[] times) {
    PacingHistory history = PacingHistory.EMPTY;
    for (long time : times) {
      history =
          history.attempted(
              Instant.ofEpochMilli(time), Familiarity.KNOWN, ThreadLocalRandom.current());
    }
    return history;
  }

  /** Returns when the part began that counts. */
  private Instant send(Journal journal) throws InterruptedException {
    try (Sending sending =
        Core.sending(journal, new Rules(account -> policy(account)), List.of())) {
      for (int i = 0; i < accounts; i++) {
        var engine = new PacedEngine(sending, Samples.account(i), Kind.of(i));
        engines.add(engine);
        sending.senders().connected(Samples.account(i), engine);
      }
      Told.say("all accounts send; " + warmup + " seconds to warm up");
      TimeUnit.SECONDS.sleep(warmup);
      Instant counted = Instant.now();
      Told.say("measuring for " + seconds + " seconds");
      TimeUnit.SECONDS.sleep(seconds);
      sending.drain(Duration.ofSeconds(5));
      return counted;
    }
  }

  private static PacingPolicy policy(AccountKey account) {
    String name = account.instance().value();
    return Kind.of(Integer.parseInt(name.substring(name.indexOf('-') + 1))).policy();
  }

  private void tell(Journal journal, Instant counted) {
    List<PacedEngine.Write> measured =
        engines.stream()
            .flatMap(engine -> engine.writes().stream())
            .filter(write -> write.limit() != null && !write.at().isBefore(counted))
            .toList();
    Told.count("writes", engines.stream().mapToLong(engine -> engine.writes().size()).sum());
    Told.count("measured", measured.size());
    Told.count("exceeded", IntStream.range(0, accounts).map(this::exceeded).sum());
    Told.count(
        "short_by_ms", IntStream.range(0, accounts).mapToLong(this::shortBy).max().orElse(0));
    Told.count("flushes", journal.status().flushes());
    Lateness.tell(measured, counted, seconds);
  }

  private int exceeded(int account) {
    PacedEngine engine = engines.get(account);
    long[] earlier = before.get(account);
    return Kind.exceeded(
        Kind.joined(earlier, engine.attempts()), earlier.length, engine.kind().policy());
  }

  private long shortBy(int account) {
    PacedEngine engine = engines.get(account);
    long[] written =
        engine.writes().stream().mapToLong(write -> write.at().toEpochMilli()).toArray();
    return Kind.shortBy(written, engine.kind().policy());
  }
}
