package dev.switchboard.whatsapp.outbound;

import dev.switchboard.connector.SendOutcome;
import dev.switchboard.model.Peer;
import dev.switchboard.whatsapp.session.Numbers;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Messages that were written and not acknowledged yet, the oldest first. Each gets exactly one
 * outcome: the ack's, or that it is unknown.
 */
public final class PendingAcks {
  private final InstantSource clock;
  private final SendLimits limits;
  private final Map<String, Pending> byId = new LinkedHashMap<>(4);

  private record Pending(Instant deadline, Peer to, CompletableFuture<SendOutcome> result) {}

  public PendingAcks(InstantSource clock, SendLimits limits) {
    this.clock = clock;
    this.limits = limits;
  }

  void add(String id, Peer to, CompletableFuture<SendOutcome> result) {
    Pending before =
        byId.put(id, new Pending(clock.instant().plus(limits.ackTimeout()), to, result));
    if (before != null) {
      before.result.complete(new SendOutcome.Unknown("sent again before it was acknowledged"));
    }
  }

  /** An ack of the server; one that nobody waits for is passed over. */
  public void acknowledged(Node ack) {
    Pending pending = ack.attribute("id").map(byId::remove).orElse(null);
    if (pending == null) {
      return;
    }
    Optional<String> error = ack.attribute("error");
    pending.result.complete(
        error.isPresent()
            ? AckErrors.outcome(Numbers.of(ack, "error", 0))
            : new SendOutcome.Sent(at(ack), pending.to));
  }

  /** Gives up what is overdue. */
  public void tick(Instant now) {
    ArrayDeque<String> overdue = new ArrayDeque<>(1);
    for (Map.Entry<String, Pending> entry : byId.entrySet()) {
      if (entry.getValue().deadline.isAfter(now)) {
        break;
      }
      overdue.add(entry.getKey());
    }
    overdue.forEach(id -> giveUp(id, "the server did not acknowledge it in time"));
  }

  /** When the oldest is overdue. */
  public Instant deadline() {
    return byId.isEmpty() ? Instant.MAX : byId.values().iterator().next().deadline;
  }

  /** Gives up everything: the connection is gone. */
  public void close() {
    new ArrayDeque<>(byId.keySet())
        .forEach(id -> giveUp(id, "the connection ended before the ack"));
  }

  private void giveUp(String id, String detail) {
    Pending pending = byId.remove(id);
    if (pending != null) {
      pending.result.complete(new SendOutcome.Unknown(detail));
    }
  }

  private Instant at(Node ack) {
    long seconds = Numbers.of(ack, "t", 0L);
    return seconds <= 0 || seconds > Numbers.LATEST_SECOND
        ? clock.instant()
        : Instant.ofEpochSecond(seconds);
  }
}
