package dev.switchboard.webhook.queue;

import dev.switchboard.event.Event;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.event.EventKind;
import dev.switchboard.webhook.Attempt;
import dev.switchboard.webhook.Delivery;
import dev.switchboard.webhook.DeliveryState;
import dev.switchboard.webhook.EventBody;
import dev.switchboard.webhook.WebhookKey;
import dev.switchboard.webhook.storage.StoredDelivery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A delivery that has not come to its end. Belongs to the thread of its webhook. */
public final class OpenDelivery {
  private final WebhookKey webhook;
  private final Delivery.Id id;
  private final String eventId;
  private final AccountKey account;
  private final EventKind kind;
  private final long sequence;
  private final Instant recordedAt;
  private final long[] lanes;

  private DeliveryState state = DeliveryState.WAITING;
  private Delivery.@Nullable Failure failure;
  private Instant updatedAt;
  private List<Attempt> newest = List.of();
  private int attempts;
  private int tries;
  private @Nullable Instant since;
  private @Nullable Instant dueAt;
  private boolean held;

  /** Its place among those that wait, given by the queue; and what the queue knows of it. */
  long arrival;

  boolean flying;
  boolean probe;

  /** Whether it is kept, or will be with the next step: the log is not read for it again. */
  boolean kept;

  private OpenDelivery(
      WebhookKey webhook,
      Delivery.Id id,
      String eventId,
      AccountKey account,
      EventKind kind,
      long sequence,
      Instant recordedAt,
      long[] lanes) {
    this.webhook = webhook;
    this.id = id;
    this.eventId = eventId;
    this.account = account;
    this.kind = kind;
    this.sequence = sequence;
    this.recordedAt = recordedAt;
    this.lanes = lanes;
    this.updatedAt = recordedAt;
  }

  /** Of an event that was read. */
  public static OpenDelivery of(
      WebhookKey webhook, Event event, EventBody.Subject subject, int round) {
    return new OpenDelivery(
        webhook,
        new Delivery.Id(event.position(), round),
        subject.eventId(),
        event.account(),
        event.kind(),
        event.sequence(),
        event.recordedAt(),
        LaneKeys.of(event.account(), subject.chats()));
  }

  /** As it was kept. */
  public static OpenDelivery of(StoredDelivery stored) {
    Delivery delivery = stored.delivery();
    OpenDelivery open =
        new OpenDelivery(
            delivery.webhook(),
            delivery.id(),
            delivery.eventId(),
            delivery.account(),
            delivery.kind(),
            delivery.sequence(),
            stored.recordedAt(),
            stored.lanes());
    open.updatedAt = delivery.updatedAt();
    open.newest = delivery.newestAttempts();
    open.attempts = delivery.attempts();
    open.tries = stored.tries();
    open.since = stored.since().orElse(null);
    open.dueAt = delivery.dueAt().orElse(null);
    open.held = stored.held();
    open.kept = true;
    return open;
  }

  public Delivery.Id id() {
    return id;
  }

  public String eventId() {
    return eventId;
  }

  public AccountKey account() {
    return account;
  }

  public long sequence() {
    return sequence;
  }

  public Instant recordedAt() {
    return recordedAt;
  }

  /** How many attempts were made in all. */
  public int attempts() {
    return attempts;
  }

  long[] lanes() {
    return lanes;
  }

  int tries() {
    return tries;
  }

  @Nullable Instant dueAt() {
    return dueAt;
  }

  boolean held() {
    return held;
  }

  /** Whether its time for retries is over. */
  boolean lateAt(Instant now, QueueLimits limits) {
    return since != null && !since.plus(limits.retryFor()).isAfter(now);
  }

  void attempted(Attempt attempt, Instant now) {
    attempts = attempt.number();
    tries++;
    if (since == null) {
      since = attempt.at();
    }
    List<Attempt> kept = new ArrayList<>(newest);
    kept.add(attempt);
    newest = kept.subList(Math.max(0, kept.size() - Delivery.ATTEMPTS_KEPT), kept.size());
    updatedAt = now;
  }

  void waitUntil(Instant due, boolean hold) {
    dueAt = due;
    held = hold;
  }

  /** May be posted at once. */
  void hurry() {
    dueAt = null;
    held = false;
  }

  void end(DeliveryState end, Delivery.@Nullable Failure cause, Instant now) {
    state = end;
    failure = cause;
    dueAt = null;
    updatedAt = now;
  }

  /** Another chance, as if it were new. */
  void begin(Instant now) {
    state = DeliveryState.WAITING;
    failure = null;
    tries = 0;
    since = null;
    hurry();
    updatedAt = now;
  }

  StoredDelivery toStore() {
    Delivery delivery =
        new Delivery(
            webhook,
            id,
            eventId,
            account,
            kind,
            sequence,
            state,
            Optional.ofNullable(failure),
            attempts,
            Optional.ofNullable(dueAt),
            updatedAt,
            newest);
    return new StoredDelivery(delivery, lanes, recordedAt, tries, Optional.ofNullable(since), held);
  }

  @Override
  public String toString() {
    return webhook + " " + id;
  }
}
