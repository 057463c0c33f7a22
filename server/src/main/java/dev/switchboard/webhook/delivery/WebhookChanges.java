package dev.switchboard.webhook.delivery;

import dev.switchboard.event.Event;
import dev.switchboard.event.reading.Events;
import dev.switchboard.event.reading.Page;
import dev.switchboard.event.reading.Reading;
import dev.switchboard.event.reading.Start;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.webhook.Delivery;
import dev.switchboard.webhook.DeliveryState;
import dev.switchboard.webhook.Webhook;
import dev.switchboard.webhook.WebhookSettings;
import dev.switchboard.webhook.Webhooks;
import dev.switchboard.webhook.storage.DeliveryStore;
import dev.switchboard.webhook.storage.Drop;
import dev.switchboard.webhook.storage.StoredDelivery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What is asked of a webhook, done by its thread. Whatever happened before was stored; what a
 * change makes of it is stored when it returns, in one transaction, or undone where that is said.
 */
final class WebhookChanges {
  private static final int PAGE = 100;

  private final WebhookWork work;
  private final Events events;
  private final DeliveryStore deliveries;
  private final InstantSource clock;

  WebhookChanges(WebhookWork work, Events events, DeliveryStore deliveries, InstantSource clock) {
    this.work = work;
    this.events = events;
    this.deliveries = deliveries;
    this.clock = clock;
  }

  /**
   * Other settings, another state. When other events are wanted, what waits becomes rows in the
   * same transaction: a start does not read with the new eyes what was read with the old ones.
   */
  Webhook become(Webhook changed) {
    boolean otherEvents = wantsOthers(changed.settings(), work.webhook().settings());
    if (otherEvents) {
      work.queue().keepAll();
    }
    work.save(changed);
    if (otherEvents) {
      work.live().select(changed.selection());
      if (work.replay() != null) {
        work.replay().select(changed.selection());
      }
    }
    if (!work.enabled()) {
      work.rest();
    }
    return changed;
  }

  int retry(Delivery.Selection selection) {
    Instant now = clock.instant();
    int room = work.queue().room();
    if (room < 1) {
      throw GatewayException.retryable(
          Reason.QUEUE_FULL, "the webhook has too much waiting", Duration.ofSeconds(1), null);
    }
    List<StoredDelivery> failed =
        deliveries.failed(work.webhook().key(), selection, events.first(), room);
    failed.forEach(delivery -> work.queue().revive(delivery, now));
    work.save();
    return failed.size();
  }

  /** In two transactions: what waits, then what failed. Asked again it does the rest. */
  int clear(Delivery.Selection selection) throws InterruptedException {
    Instant now = clock.instant();
    int cleared = 0;
    if (wants(selection, DeliveryState.WAITING)) {
      cleared += work.queue().clear(delivery -> matches(selection, delivery), now);
      if (selection.in(Set.of()).equals(Delivery.Selection.all())) {
        int[] unread = new int[1];
        pass(work.live(), events.end(), _ -> unread[0]++);
        cleared += unread[0];
      }
      work.save();
    }
    if (wants(selection, DeliveryState.FAILED)) {
      cleared += deliveries.clearFailed(work.webhook().key(), selection, now);
    }
    return cleared;
  }

  Webhooks.Replay replay(Start from, Start until) {
    if (work.replay() != null) {
      throw new GatewayException(
          Reason.WEBHOOK_REPLAY_RUNNING, "the webhook replays events already");
    }
    long begin = events.position(from);
    long first = events.first();
    if (begin < first && from instanceof Start.At) {
      throw new GatewayException(
          Reason.CURSOR_EXPIRED, "the events behind the cursor were deleted");
    }
    long end = Math.min(events.position(until), events.end());
    Webhooks.Replay replay = work.replay(Math.max(begin, first), Math.max(end, 0));
    try {
      work.save();
    } catch (RuntimeException e) {
      work.endReplay();
      throw e;
    }
    return replay;
  }

  /** Also when it was read to its end, and some of it waits. */
  boolean endReplay() {
    boolean running = work.replay() != null;
    int round = work.progress().rounds();
    int cleared =
        round == 0
            ? 0
            : work.queue().clear(delivery -> delivery.id().round() == round, clock.instant());
    work.endReplay();
    work.save();
    return running || cleared > 0;
  }

  /**
   * Events before a position will be gone: what waits of them is given up, what was not read of
   * them is counted, and both are told, in one transaction with the new place. Of one that is
   * disabled it is kept instead, and told when somebody wants it again.
   */
  void passing(long before) throws InterruptedException {
    work.queue().passing(before, clock.instant());
    pass(work.live(), before, this::drop);
    Intake replay = work.replay();
    if (replay != null) {
      pass(replay, Math.min(before, replay.until()), this::drop);
    }
    work.save();
  }

  /** What was not read before a position is not read any more. */
  private void pass(Intake intake, long before, Consumer<Event> passed)
      throws InterruptedException {
    if (intake.position() >= before) {
      return;
    }
    Start start = new Start.At(intake.position());
    try (Reading reading = events.open(work.webhook().selection(), start, () -> {})) {
      while (reading.position() < before) {
        List<Event> found = found(reading.next(PAGE, Duration.ZERO));
        if (found.isEmpty() && reading.caughtUp()) {
          break;
        }
        found.stream()
            .filter(event -> event.position() < before && intake.misses(event))
            .forEach(passed);
      }
    }
    intake.moveTo(before);
  }

  /** What is not there, or cannot be read, is passed as it is. */
  private static List<Event> found(Page page) {
    return page instanceof Page.Events(var events, long _) ? events : List.of();
  }

  private void drop(Event event) {
    work.queue().dropped(Drop.of(event.account(), event.sequence()));
  }

  private static boolean wantsOthers(WebhookSettings one, WebhookSettings other) {
    return !one.kinds().equals(other.kinds()) || !one.instances().equals(other.instances());
  }

  private static boolean wants(Delivery.Selection selection, DeliveryState state) {
    return selection.states().isEmpty() || selection.states().contains(state);
  }

  private static boolean matches(Delivery.Selection selection, Delivery delivery) {
    Instant at = delivery.updatedAt();
    Optional<Instant> since = selection.since();
    Optional<Instant> until = selection.until();
    boolean instance =
        selection.instances().isEmpty()
            || selection.instances().contains(delivery.account().instance());
    boolean event = selection.events().isEmpty() || selection.events().contains(delivery.eventId());
    return instance
        && event
        && (since.isEmpty() || !at.isBefore(since.get()))
        && (until.isEmpty() || at.isBefore(until.get()));
  }
}
