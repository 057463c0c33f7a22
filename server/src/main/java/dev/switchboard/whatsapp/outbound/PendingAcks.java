package dev.switchboard.whatsapp.outbound;

import dev.switchboard.connector.SendOutcome;
import dev.switchboard.model.Peer;
import dev.switchboard.whatsapp.link.Timed;
import dev.switchboard.whatsapp.session.Numbers;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Messages that were written and not acknowledged yet, the oldest first. Each gets exactly one
 * outcome: the ack's, or that it is unknown.
 */
public final class PendingAcks implements Timed {
  private final InstantSource clock;
  private final SendLimits limits;
  private final Map<String, Pending> byId = new LinkedHashMap<>(4);
  private Instant unacknowledgedSince = Instant.MAX;

  /**
   * One that waits.
   *
   * @param written what a stanza for all devices held; null for one that only completes another
   * @param taken the outcome of the stanza that this one completes; null for one of its own
   */
  private record Pending(
      Instant deadline,
      Peer to,
      @Nullable Written written,
      SendOutcome.@Nullable Sent taken,
      CompletableFuture<SendOutcome> result) {
    SendOutcome outcome(SendOutcome otherwise) {
      return taken == null ? otherwise : taken;
    }
  }

  public PendingAcks(InstantSource clock, SendLimits limits) {
    this.clock = clock;
    this.limits = limits;
  }

  /**
   * Since when messages were written and none was acknowledged, those included that were given up;
   * {@link Instant#MAX} when there are none. A message whose own acknowledgement was lost does not
   * count once another is acknowledged: the way works.
   */
  public Instant unacknowledgedSince() {
    return unacknowledgedSince;
  }

  void add(String id, Peer to, Written written, CompletableFuture<SendOutcome> result) {
    add(id, new Pending(deadline(limits.ackTimeout()), to, written, null, result));
  }

  /** Waits for the ack of what was sent to the devices that were missed. */
  void add(Missed missed) {
    String id = missed.written().message().id().value();
    Peer to = missed.taken().to();
    add(id, new Pending(deadline(limits.ackTimeout()), to, null, missed.taken(), missed.result()));
  }

  private void add(String id, Pending pending) {
    if (unacknowledgedSince.equals(Instant.MAX)) {
      unacknowledgedSince = clock.instant();
    }
    Pending before = byId.put(id, pending);
    if (before != null) {
      before.result.complete(new SendOutcome.Unknown("sent again before it was acknowledged"));
    }
  }

  /** Whether it is about a message that waits for it. */
  public boolean awaits(Node ack) {
    return ack.attribute("id").filter(byId::containsKey).isPresent();
  }

  /**
   * An ack of the server; one that nobody waits for is passed over.
   *
   * @return the message, whose outcome is still open, if the server knows other devices
   */
  Optional<Missed> acknowledged(Node ack, Meaning errors) throws InterruptedException {
    Pending pending = ack.attribute("id").map(byId::remove).orElse(null);
    if (pending == null) {
      return Optional.empty();
    }
    unacknowledgedSince = Instant.MAX;
    Optional<String> error = ack.attribute("error");
    if (error.isPresent()) {
      refuse(pending, Numbers.of(ack, "error", 0), errors);
      return Optional.empty();
    }
    SendOutcome.Sent sent = new SendOutcome.Sent(Numbers.at(ack, clock), pending.to);
    Written written = pending.written;
    String hash = ack.attribute("phash").orElse("");
    if (written != null && !hash.isEmpty() && !hash.equals(written.hash())) {
      return Optional.of(new Missed(written, hash, sent, pending.result));
    }
    pending.result.complete(pending.outcome(sent));
    return Optional.empty();
  }

  private static void refuse(Pending pending, int code, Meaning errors)
      throws InterruptedException {
    SendOutcome outcome = pending.outcome(AckErrors.withoutAsking(code));
    try {
      if (pending.written != null) {
        outcome = errors.of(code, pending.written);
      }
    } finally { // The connection may end while the server is asked; that it refused is known.
      pending.result.complete(outcome);
    }
  }

  /** What the error of an ack means; may ask the server. */
  @FunctionalInterface
  interface Meaning {
    SendOutcome of(int code, Written written) throws InterruptedException;
  }

  /** Gives up what is overdue. */
  @Override
  public void tick(Instant now) {
    ArrayDeque<String> overdue = new ArrayDeque<>(1);
    for (Map.Entry<String, Pending> entry : byId.entrySet()) {
      if (entry.getValue().deadline.isAfter(now)) {
        break;
      }
      overdue.add(entry.getKey());
    }
    overdue.forEach(
        id -> giveUp(id, new SendOutcome.Unknown("the server did not acknowledge it in time")));
  }

  /** When the oldest is overdue. */
  @Override
  public Instant deadline() {
    return byId.isEmpty() ? Instant.MAX : byId.values().iterator().next().deadline;
  }

  /**
   * Gives up everything: the connection is gone. A message that the server took while devices that
   * missed it were being reached is sent to everybody once more, under the same id.
   */
  public void close() {
    SendOutcome lost = new SendOutcome.Unknown("the connection ended before the ack");
    List.copyOf(byId.values()).forEach(pending -> pending.result.complete(lost));
    byId.clear();
  }

  private void giveUp(String id, SendOutcome outcome) {
    Pending pending = byId.remove(id);
    if (pending != null) {
      pending.result.complete(pending.outcome(outcome));
    }
  }

  private Instant deadline(Duration timeout) {
    return clock.instant().plus(timeout);
  }
}
