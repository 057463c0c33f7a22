package dev.switchboard.webhook.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.event.Event;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.event.EventKind;
import dev.switchboard.testing.ManualClock;
import dev.switchboard.webhook.Attempt;
import dev.switchboard.webhook.Delivery;
import dev.switchboard.webhook.DeliveryState;
import dev.switchboard.webhook.EventBody;
import dev.switchboard.webhook.Outcome;
import dev.switchboard.webhook.WebhookKey;
import dev.switchboard.webhook.storage.Drop;
import dev.switchboard.webhook.storage.StoredDelivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeliveryQueueTest {
  private static final WebhookKey WEBHOOK = new WebhookKey(TenantId.DEFAULT, "orders");
  private static final AccountKey SHOP = new AccountKey(TenantId.DEFAULT, new InstanceId("shop"));
  private static final QueueLimits LIMITS =
      new QueueLimits(50, 4, Duration.ofDays(3), Duration.ofSeconds(5), Duration.ofHours(1));
  private static final Outcome TAKEN = new Outcome.Answered(204, "", Optional.empty());
  private static final Outcome REFUSED = new Outcome.Answered(400, "no", Optional.empty());
  private static final Outcome AWAY =
      new Outcome.Unreached(Outcome.Cause.CONNECT_FAILED, "nobody there");

  private final ManualClock clock = new ManualClock();
  private final DeliveryQueue queue = new DeliveryQueue(LIMITS, new Random(7));

  @Test
  void postsOneOfAChatAtATimeAndChatsInParallel() {
    add(1, "a");
    add(2, "a");
    add(3, "b");
    OpenDelivery first = launch();
    assertThat(first.id().position()).isEqualTo(1);
    assertThat(launch().id().position()).isEqualTo(3);
    assertThat(queue.launch(clock.instant())).isEmpty();
    land(first, TAKEN);
    assertThat(launch().id().position()).isEqualTo(2);
  }

  @Test
  void keepsTheOrderOfAPersonWhoseTwoNamesTurnOutToBeOne() {
    add(1, "number");
    add(2, "number", "lid");
    add(3, "lid");
    OpenDelivery first = launch();
    assertThat(queue.launch(clock.instant())).isEmpty();
    land(first, TAKEN);
    OpenDelivery merge = launch();
    assertThat(merge.id().position()).isEqualTo(2);
    assertThat(queue.launch(clock.instant())).isEmpty();
    land(merge, TAKEN);
    assertThat(launch().id().position()).isEqualTo(3);
  }

  @Test
  void postsNoMoreAtOnceThanTheBound() {
    for (int i = 1; i <= LIMITS.inFlight() + 1; i++) {
      add(i, "chat" + i);
    }
    List<OpenDelivery> flying = new ArrayList<>();
    for (int i = 0; i < LIMITS.inFlight(); i++) {
      flying.add(launch());
    }
    assertThat(queue.launch(clock.instant())).isEmpty();
    assertThat(queue.next(clock.instant())).isEmpty();
    land(flying.getFirst(), TAKEN);
    assertThat(launch().id().position()).isEqualTo(LIMITS.inFlight() + 1);
  }

  @Test
  void aChatThatIsRefusedStallsNoOther() {
    add(1, "poison");
    for (int i = 2; i <= 40; i++) {
      add(i, i % 2 == 0 ? "poison" : "chat" + i);
    }
    OpenDelivery poison = launch();
    land(poison, REFUSED);
    List<Long> delivered = new ArrayList<>();
    for (var next = queue.launch(clock.instant());
        next.isPresent();
        next = queue.launch(clock.instant())) {
      delivered.add(next.get().id().position());
      land(next.get(), TAKEN);
    }
    assertThat(delivered).hasSize(19).allMatch(position -> position % 2 == 1);
    assertThat(queue.next(clock.instant()))
        .hasValueSatisfying(
            due -> assertThat(due).isBetween(clock.instant(), clock.instant().plusSeconds(5)));
    assertThat(queue.place(0, 41)).as("what waits behind it is kept").isEqualTo(41);
    assertThat(stored(DeliveryState.WAITING)).hasSize(21);
    assertThat(stored(DeliveryState.DELIVERED)).hasSize(19);
  }

  @Test
  void whatWasNotTriedIsReadAgainAndNothingBehindIt() {
    add(5, "a");
    add(6, "b");
    add(7, "c");
    OpenDelivery first = launch();
    OpenDelivery second = launch();
    assertThat(queue.place(0, 8)).isEqualTo(5);
    land(second, TAKEN);
    assertThat(queue.place(0, 8)).isEqualTo(5);
    land(first, TAKEN);
    assertThat(queue.place(0, 8)).isEqualTo(7);
    assertThat(queue.needed()).isEqualTo(7);
  }

  @Test
  void waitsLongerEachTimeAndGivesUpWhenTheTimeIsOver() {
    add(1, "a");
    add(2, "a");
    Duration longest = Duration.ZERO;
    int attempts = 0;
    OpenDelivery open = launch();
    while (open.id().position() == 1) {
      land(open, REFUSED);
      attempts++;
      Duration wait = Duration.between(clock.instant(), queue.next(clock.instant()).orElseThrow());
      assertThat(wait).isLessThanOrEqualTo(LIMITS.retryCap());
      longest = wait.compareTo(longest) > 0 ? wait : longest;
      clock.advance(wait);
      open = launch();
    }
    assertThat(longest).isGreaterThan(Duration.ofMinutes(30));
    assertThat(attempts).isBetween(72, 400); // Three days with waits of half an hour on average.
    StoredDelivery failed = stored(DeliveryState.FAILED).getFirst();
    assertThat(failed.delivery().failure()).contains(Delivery.Failure.TIME_OVER);
    assertThat(failed.delivery().attempts()).isEqualTo(attempts);
    assertThat(failed.delivery().newestAttempts()).hasSize(Delivery.ATTEMPTS_KEPT);
  }

  @Test
  void leavesTheReceiverAloneForAsLongAsItAsksButNoLongerThanTheCap() {
    add(1, "a");
    land(launch(), answered(503, Duration.ofMinutes(10)));
    assertThat(queue.next(clock.instant())).contains(clock.instant().plusSeconds(600));
    clock.advance(Duration.ofMinutes(10));
    land(launch(), answered(429, Duration.ofDays(9)));
    assertThat(queue.next(clock.instant())).contains(clock.instant().plus(LIMITS.retryCap()));
  }

  @Test
  void triesAReceiverThatIsAwayWithOneAtATimeAndGoesOnWithAllWhenItIsBack() {
    for (int i = 1; i <= 30; i++) {
      add(i, "chat" + i);
    }
    for (int i = 0; i < Breaker.FAILURES; i++) {
      land(launch(), AWAY);
    }
    assertThat(queue.status().probeAt()).isPresent();
    for (int probe = 0; probe < 20; probe++) {
      assertThat(queue.launch(clock.instant().minusMillis(1))).isEmpty();
      clock.advance(Duration.between(clock.instant(), queue.status().probeAt().orElseThrow()));
      OpenDelivery open = launch();
      assertThat(queue.launch(clock.instant())).as("one at a time").isEmpty();
      land(open, AWAY);
      assertThat(queue.status().probeAt().orElseThrow())
          .isBeforeOrEqualTo(clock.instant().plus(Duration.ofMinutes(5)));
    }
    clock.advance(Duration.ofMinutes(5));
    land(launch(), TAKEN);
    assertThat(queue.status().probeAt()).isEmpty();
    List<OpenDelivery> flying = new ArrayList<>();
    for (int left = 29; left > 0; left--) {
      flying.add(launch());
      land(flying.getLast(), TAKEN);
    }
    assertThat(queue.needed()).as("nobody waits for a time any more").isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void oneThatTheReceiverCannotTakeKeepsNobodyElseFromBeingTheProbe() {
    add(1, "poison");
    for (int i = 0; i < 10; i++) {
      clock.advance(Duration.ofHours(1));
      land(launch(), AWAY);
    }
    assertThat(queue.status().probeAt()).isPresent();
    add(2, "other");
    clock.advance(Duration.ofHours(1));
    OpenDelivery probe = launch();
    assertThat(probe.id().position()).isEqualTo(2);
    land(probe, TAKEN);
    assertThat(queue.status().probeAt()).isEmpty();
  }

  @Test
  void aProbeThatCannotBeReadGivesWayToTheNextOne() {
    for (int i = 1; i <= 12; i++) {
      add(i, "chat" + i);
    }
    for (int i = 0; i < 10; i++) {
      land(launch(), AWAY);
    }
    Instant probeAt = queue.status().probeAt().orElseThrow();
    clock.advance(Duration.between(clock.instant(), probeAt));
    OpenDelivery probe = launch();
    queue.unreadable(probe, clock.instant());
    assertThat(queue.status().probeAt()).contains(probeAt);
    assertThat(queue.status().failures()).isEqualTo(10);
    assertThat(stored(DeliveryState.FAILED))
        .allMatch(
            it -> it.delivery().failure().equals(Optional.of(Delivery.Failure.EVENT_UNREADABLE)));
    land(launch(), TAKEN);
    assertThat(queue.status().probeAt()).isEmpty();
  }

  @Test
  void aReceiverThatRefusesOneIsNotAway() {
    for (int i = 1; i <= 30; i++) {
      add(i, "chat" + i);
      land(launch(), i % 10 == 0 ? REFUSED : AWAY);
      assertThat(queue.status().probeAt()).isEmpty();
    }
  }

  @Test
  void tellsOfEachEventThatIsDroppedOnceAndPostsWhatIsOnItsWay() {
    add(1, "a");
    add(2, "b");
    add(3, "b");
    add(4, "c");
    OpenDelivery flying = launch();
    queue.passing(4, clock.instant());
    assertThat(queue.drops()).containsExactly(new Drop(SHOP, 2, 2, 3));
    assertThat(stored(DeliveryState.FAILED))
        .hasSize(2)
        .allMatch(
            it -> it.delivery().failure().equals(Optional.of(Delivery.Failure.EVENT_DROPPED)));
    assertThat(queue.place(0, 5)).isEqualTo(4);
    queue.saved();
    land(flying, TAKEN);
    assertThat(queue.drops()).isEmpty();
    assertThat(stored(DeliveryState.DELIVERED)).hasSize(1);
  }

  @Test
  void takesNoMoreThanTheBoundAndPostsNothingThatItCannotStore() {
    for (int i = 0; i < LIMITS.open(); i++) {
      add(i, "chat" + i);
    }
    assertThat(queue.room()).isZero();
    int posted = 0;
    for (var open = queue.launch(clock.instant());
        open.isPresent();
        open = queue.launch(clock.instant())) {
      posted++;
      queue.gone(open.get(), clock.instant());
      add(LIMITS.open() + posted, "chat" + posted);
    }
    assertThat(posted).isEqualTo(Ledger.MOST_UNSAVED);
    queue.saved();
    assertThat(queue.launch(clock.instant())).isPresent();
  }

  @Test
  void clearsWhatWaitsButNothingOnItsWay() {
    add(1, "a");
    add(2, "a");
    add(3, "b");
    OpenDelivery flying = launch();
    assertThat(queue.clear(_ -> true, clock.instant())).isEqualTo(2);
    land(flying, TAKEN);
    assertThat(queue.launch(clock.instant())).isEmpty();
    assertThat(stored(DeliveryState.CLEARED)).hasSize(2);
  }

  @Test
  void whatFailedBeginsAnewBehindWhatWaits() {
    add(1, "a");
    OpenDelivery first = launch();
    land(first, REFUSED);
    clock.advance(LIMITS.retryFor().plus(LIMITS.retryCap()));
    land(launch(), REFUSED);
    StoredDelivery failed = stored(DeliveryState.FAILED).getFirst();
    queue.saved();
    add(2, "a");
    queue.revive(failed, clock.instant());
    OpenDelivery second = launch();
    assertThat(second.id().position()).isEqualTo(2);
    land(second, TAKEN);
    OpenDelivery again = launch();
    assertThat(again.attempts()).isEqualTo(2);
    land(again, REFUSED);
    assertThat(stored(DeliveryState.WAITING)).as("its time began anew").hasSize(1);
  }

  @Test
  void lanesWithNothingInThemAreNotThere() {
    Lanes lanes = new Lanes();
    for (int i = 0; i < 100; i++) {
      OpenDelivery open = delivery(i, "chat" + i, "name" + i);
      lanes.add(open);
      lanes.remove(open);
    }
    assertThat(lanes.count()).isZero();
  }

  private void add(long position, String... chats) {
    queue.add(delivery(position, chats));
  }

  private OpenDelivery launch() {
    return queue.launch(clock.instant()).orElseThrow();
  }

  private void land(OpenDelivery open, Outcome outcome) {
    Attempt attempt =
        new Attempt(open.attempts() + 1, clock.instant(), Duration.ofMillis(3), outcome);
    queue.landed(open, attempt, clock.instant());
  }

  private List<StoredDelivery> stored(DeliveryState state) {
    return queue.deliveries().stream().filter(it -> it.delivery().state() == state).toList();
  }

  private static Outcome answered(int status, Duration retryAfter) {
    return new Outcome.Answered(status, "", Optional.of(retryAfter));
  }

  private OpenDelivery delivery(long position, String... chats) {
    Event event =
        new Event(
            SHOP, position, position, EventKind.MESSAGE_RECEIVED, clock.instant(), new byte[0]);
    var subject = new EventBody.Subject("event-" + position, List.of(chats));
    return OpenDelivery.of(WEBHOOK, event, subject, 0);
  }
}
