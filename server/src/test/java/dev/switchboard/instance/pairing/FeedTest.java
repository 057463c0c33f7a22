package dev.switchboard.instance.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FeedTest {
  private static final Duration SOON = Duration.ofSeconds(5);

  @Test
  void handsEveryItemToEverySubscriberThatWantsIt() throws Exception {
    Feed<Integer> feed = new Feed<>(2, 10);
    try (var all = feed.subscribe(item -> true);
        var even = feed.subscribe(item -> item % 2 == 0)) {
      publish(feed, 4);
      assertThat(taken(all, 4)).containsExactly(1, 2, 3, 4);
      assertThat(taken(even, 2)).containsExactly(2, 4);
      assertThat(even.take(Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void endsSlowSubscriberAtExactlyTheBoundAndNobodyElse() throws Exception {
    Feed<Integer> feed = new Feed<>(2, 3);
    try (var slow = feed.subscribe(item -> true);
        var quick = feed.subscribe(item -> true)) {
      publish(feed, 3);
      assertThat(taken(quick, 3)).containsExactly(1, 2, 3);
      feed.publish(4);
      feed.publish(5);
      assertThat(taken(quick, 2)).containsExactly(4, 5);
      assertThat(taken(slow, 3)).containsExactly(1, 2, 3);
      assertRefused(slow, Reason.SUBSCRIBER_TOO_SLOW);
    }
  }

  @Test
  void keepsSubscriberThatIsExactlyFull() throws Exception {
    Feed<Integer> feed = new Feed<>(1, 3);
    try (var full = feed.subscribe(item -> true)) {
      publish(feed, 3);
      assertThat(taken(full, 1)).containsExactly(1);
      feed.publish(4);
      assertThat(taken(full, 3)).containsExactly(2, 3, 4);
      assertThat(full.take(Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void holdsTheBoundAlsoAfterSomethingWasPutBefore() throws Exception {
    Feed<Integer> feed = new Feed<>(1, 3);
    try (var subscription = feed.subscribe(item -> true)) {
      publish(feed, 3);
      subscription.prepend(0);
      feed.publish(4);
      feed.publish(5);
      assertThat(taken(subscription, 4)).containsExactly(0, 1, 2, 3);
      assertRefused(subscription, Reason.SUBSCRIBER_TOO_SLOW);
    }
  }

  @Test
  void putsNothingBeforeThatHasComeAlready() throws Exception {
    Feed<Integer> feed = new Feed<>(1, 3);
    try (var subscription = feed.subscribe(item -> true)) {
      publish(feed, 2);
      subscription.prepend(2);
      assertThat(taken(subscription, 2)).containsExactly(1, 2);
      assertThat(subscription.take(Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void refusesSubscriberBeyondTheLimitAndGivesThePlaceBackOnce() {
    Feed<Integer> feed = new Feed<>(2, 1);
    Subscription<Integer> first = feed.subscribe(item -> true);
    feed.subscribe(item -> true);
    assertTooMany(feed);
    first.close();
    first.close();
    feed.subscribe(item -> true);
    assertTooMany(feed);
  }

  @Test
  void tellsNothingToSubscriberThatLeft() throws Exception {
    Feed<Integer> feed = new Feed<>(1, 1);
    Subscription<Integer> left = feed.subscribe(item -> true);
    left.close();
    feed.publish(1);
    assertThat(left.take(Duration.ZERO)).isEmpty();
  }

  @Test
  void endsEverybodyAtShutDownAfterWhatIsBuffered() throws Exception {
    Feed<Integer> feed = new Feed<>(2, 2);
    Subscription<Integer> before = feed.subscribe(item -> true);
    feed.publish(1);
    feed.shutDown();
    assertThat(taken(before, 1)).containsExactly(1);
    assertRefused(before, Reason.SHUTTING_DOWN);
    assertRefused(feed.subscribe(item -> true), Reason.SHUTTING_DOWN);
  }

  @Test
  void wakesWaitingSubscriberForItemAndForEnd() throws Exception {
    Feed<Integer> feed = new Feed<>(1, 2);
    Subscription<Integer> subscription = feed.subscribe(item -> true);
    AtomicReference<Optional<Integer>> got = new AtomicReference<>(Optional.empty());
    AtomicReference<Reason> end = new AtomicReference<>();
    CountDownLatch first = new CountDownLatch(1);
    Thread taker =
        Thread.ofVirtual()
            .start(() -> {
              try {
                got.set(subscription.take(SOON));
                first.countDown();
                subscription.take(SOON);
              } catch (GatewayException e) {
                end.set(e.reason());
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    feed.publish(7);
    first.await();
    feed.shutDown();
    assertThat(taker.join(SOON)).isTrue();
    assertThat(got.get()).contains(7);
    assertThat(end.get()).isEqualTo(Reason.SHUTTING_DOWN);
  }

  @Test
  void losesNothingBetweenManyPublishersAndOneSubscriber() throws Exception {
    Feed<Integer> feed = new Feed<>(1, 4_000);
    Subscription<Integer> subscription = feed.subscribe(item -> true);
    List<Thread> publishers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      publishers.add(Thread.ofVirtual().start(() -> publish(feed, 1_000)));
    }
    assertThat(taken(subscription, 4_000)).hasSize(4_000);
    for (Thread publisher : publishers) {
      publisher.join();
    }
    assertThat(subscription.take(Duration.ZERO)).isEmpty();
  }

  private static void publish(Feed<Integer> feed, int upTo) {
    for (int i = 1; i <= upTo; i++) {
      feed.publish(i);
    }
  }

  private static List<Integer> taken(Subscription<Integer> from, int count)
      throws InterruptedException {
    List<Integer> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add(from.take(SOON).orElseThrow());
    }
    return taken;
  }

  private static void assertRefused(Subscription<Integer> subscription, Reason reason) {
    assertThatThrownBy(() -> subscription.take(SOON))
        .isInstanceOfSatisfying(
            GatewayException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static void assertTooMany(Feed<Integer> feed) {
    assertThatThrownBy(() -> feed.subscribe(item -> true))
        .isInstanceOfSatisfying(
            GatewayException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.TOO_MANY_SUBSCRIBERS);
              assertThat(e.retryAfter()).isPresent();
            });
  }
}
