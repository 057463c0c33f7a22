package dev.switchboard.whatsapp.inbound;

import dev.switchboard.whatsapp.signal.SignalException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that could not be decrypted. Each is asked for again, up to a limit; one that does not
 * come readable in time is told as it came, as UNSUPPORTED of the kind {@code undecryptable}, so
 * that none is lost in silence. Until then nothing is stored under its id: that would keep the
 * readable one out.
 */
public final class Undecryptable {
  private static final Logger log = LoggerFactory.getLogger(Undecryptable.class);
  private static final String KIND = "undecryptable";

  private final InboundMessages messages;
  private final RetryRequests retries;
  private final DeliveryReceipts receipts;
  private final ReceiveLimits limits;
  private final InstantSource clock;
  private final Map<String, Waiting> byId = new LinkedHashMap<>(2);

  private record Waiting(InboundStanza stanza, int asked, Instant deadline) {}

  public Undecryptable(
      InboundMessages messages,
      RetryRequests retries,
      DeliveryReceipts receipts,
      ReceiveLimits limits,
      InstantSource clock) {
    this.messages = messages;
    this.retries = retries;
    this.receipts = receipts;
    this.limits = limits;
    this.clock = clock;
  }

  void failed(InboundStanza stanza, RuntimeException failure) throws InterruptedException {
    Waiting before = byId.remove(stanza.id());
    int asked = before == null ? 0 : before.asked;
    log.warn("a message could not be decrypted ({}), asked again {} times", reason(failure), asked);
    if (asked >= limits.retryReceipts()) {
      messages.storeRaw(stanza, KIND);
    } else {
      makeRoom();
      byId.put(stanza.id(), new Waiting(stanza, asked + 1, deadline(clock.instant())));
      retries.ask(stanza, asked + 1);
    }
    receipts.acknowledge(stanza);
  }

  /** It came readable. */
  void arrived(String id) {
    byId.remove(id);
  }

  /** Tells those that have been waited for long enough. */
  public void tick(Instant now) {
    List<Waiting> overdue = new ArrayList<>(0);
    for (Waiting waiting : byId.values()) {
      if (!waiting.deadline.isAfter(now)) {
        overdue.add(waiting);
      }
    }
    overdue.forEach(this::giveUp);
  }

  public Instant deadline() {
    return byId.isEmpty() ? Instant.MAX : byId.values().iterator().next().deadline;
  }

  /** Tells all of them: nothing comes over this connection any more. */
  public void close() {
    List.copyOf(byId.values()).forEach(this::giveUp);
  }

  private void giveUp(Waiting waiting) {
    messages.storeRaw(waiting.stanza, KIND);
    byId.remove(waiting.stanza.id());
  }

  private void makeRoom() {
    if (byId.size() >= limits.undecryptableLimit()) {
      giveUp(byId.values().iterator().next());
    }
  }

  private Instant deadline(Instant now) {
    Duration grace = limits.undecryptableGrace();
    return now.plus(grace);
  }

  private static String reason(RuntimeException failure) {
    return failure instanceof SignalException signal
        ? signal.reason().name()
        : failure.getClass().getSimpleName();
  }
}
