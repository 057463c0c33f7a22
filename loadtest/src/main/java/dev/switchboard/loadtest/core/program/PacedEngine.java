package dev.switchboard.loadtest.core.program;

import dev.switchboard.connector.OutboundMessage;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.pacing.PacingLimit;
import dev.switchboard.outbox.assembly.Sending;
import dev.switchboard.outbox.queue.AccountQueue;
import dev.switchboard.pacing.Candidate;
import dev.switchboard.pacing.Decision;
import dev.switchboard.pacing.Governor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Notes when each message of an account is written, and how long after the earliest time that
 * pacing had named for it: asked of pacing right after the message before was written.
 */
final class PacedEngine implements Engine {
  private static final int ACKNOWLEDGED_AFTER_MILLIS = 50;
  private static final int SPREAD_MILLIS = 100;

  private final Sending sending;
  private final AccountKey account;
  private final Kind kind;
  private final List<Write> writes = new ArrayList<>();
  private final List<Long> attempts = new ArrayList<>();
  private Decision.@Nullable NotBefore earliest;

  PacedEngine(Sending sending, AccountKey account, Kind kind) {
    this.sending = sending;
    this.account = account;
    this.kind = kind;
  }

  /**
   * One message at the moment of writing.
   *
   * @param limit that held it back, or null for the first of an account
   * @param errorMillis after the earliest time
   */
  record Write(Instant at, @Nullable PacingLimit limit, double errorMillis) {}

  @Override
  public SendOutcome send(OutboundMessage message) throws InterruptedException {
    sending.departures().attempted(account, message.id(), List.of());
    write(Instant.now());
    Thread.sleep(ACKNOWLEDGED_AFTER_MILLIS + ThreadLocalRandom.current().nextInt(SPREAD_MILLIS));
    return new SendOutcome.Sent(Instant.now(), message.to());
  }

  private synchronized void write(Instant now) {
    Decision.NotBefore allowed = earliest;
    writes.add(
        allowed == null
            ? new Write(now, null, 0)
            : new Write(now, allowed.limit(), millisBetween(allowed.time(), now)));
    AccountQueue queue = sending.ledger().of(account);
    var history = queue.pacing(now);
    history.lastAttempt().ifPresent(at -> attempts.add(at.toEpochMilli()));
    Decision next = Governor.decide(kind.policy(), history, Candidate.KNOWN, null, now);
    earliest = next instanceof Decision.NotBefore wait ? wait : null;
  }

  private static double millisBetween(Instant from, Instant to) {
    return TimeUnit.SECONDS.toMillis(to.getEpochSecond() - from.getEpochSecond())
        + (to.getNano() - from.getNano()) / 1e6;
  }

  Kind kind() {
    return kind;
  }

  /** Every message so far. */
  synchronized List<Write> writes() {
    return List.copyOf(writes);
  }

  /** When pacing counted them, in milliseconds. */
  synchronized long[] attempts() {
    return attempts.stream().mapToLong(Long::longValue).toArray();
  }
}
