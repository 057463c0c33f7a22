package dev.switchboard.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.event.EventDraft;
import dev.switchboard.event.reading.Start;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.Reason;
import dev.switchboard.store.DatabaseExtension;
import dev.switchboard.store.database.Database;
import dev.switchboard.testing.Eventually;
import dev.switchboard.webhook.Delivery;
import dev.switchboard.webhook.DeliveryState;
import dev.switchboard.webhook.Outcome;
import dev.switchboard.webhook.Secret;
import dev.switchboard.webhook.Webhook;
import dev.switchboard.webhook.WebhookKey;
import dev.switchboard.webhook.WebhookSettings;
import dev.switchboard.webhook.WebhookState;
import dev.switchboard.webhook.Webhooks;
import dev.switchboard.webhook.queue.QueueLimits;
import dev.switchboard.webhook.watch.Census;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(DatabaseExtension.class)
class RunningWebhooksIT {
  private static final Delivery.Selection ALL = Delivery.Selection.all();

  @TempDir private Path folder;
  private WebhookBench bench;
  private FakeReceiver receiver;

  @BeforeEach
  void open(Database database) throws InterruptedException {
    String tenant = "webhooks-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
    bench = WebhookBench.open(database, folder, tenant);
    receiver = bench.receiver;
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void postsWhatComesAndLogsIt() throws Exception {
    WebhookKey key = bench.create("orders");
    List<String> texts = bench.tell("shop", 1, 5, "alice", "bob");
    Eventually.until("it is logged", () -> deliveries(key, DeliveryState.DELIVERED).size() == 10);
    assertThat(receiver.accepted()).containsExactlyInAnyOrderElementsOf(texts);
    Delivery newest = deliveries(key, DeliveryState.DELIVERED).getFirst();
    assertThat(newest.eventId()).isEqualTo("shop-bob-5");
    assertThat(newest.sequence()).isEqualTo(10);
    assertThat(newest.newestAttempts().getFirst().outcome()).isEqualTo(FakeReceiver.TAKEN);
    assertThat(bench.webhooks().delivery(key, newest.id())).isEqualTo(newest);
    var statistics = bench.webhooks().statistics(key);
    assertThat(statistics.lastHour().delivered()).isEqualTo(10);
    assertThat(statistics.waiting()).isZero();
    assertThat(statistics.latency()).isPresent();
  }

  @Test
  void isCountedWithAllOthers() throws Exception {
    WebhookKey key = bench.create("orders");
    bench.create("paused");
    state(new WebhookKey(bench.tenant, "paused"), WebhookState.PAUSED);
    receiver.answer(_ -> FakeReceiver.away());
    bench.tell("shop", 1, 1, "a", "b", "c");
    Eventually.until("it is away", () -> bench.webhooks().census().away() == 1);
    Eventually.until(
        "it waits", () -> bench.webhooks().census().equals(new Census(1, 1, 0, 1, 3, 0)));
    receiver.answer(_ -> FakeReceiver.TAKEN);
    bench.restart(); // A breaker does not outlast it.
    Eventually.until(
        "all came", () -> bench.webhooks().census().equals(new Census(1, 1, 0, 0, 0, 0)));
    assertThat(bench.watch.succeeded).hasValue(3);
    assertThat(bench.watch.delivered).hasValue(3);
    assertThat(bench.watch.failed).hasValueGreaterThanOrEqualTo(10);
    bench.webhooks().replay(key, new Start.Earliest(), new Start.Latest());
    Eventually.until("they came again", () -> bench.watch.succeeded.get() == 6);
    assertThat(bench.watch.delivered).as("a replay is not late").hasValue(3);
  }

  @Test
  void tellsDeliveriesInPages() throws Exception {
    WebhookKey key = bench.create("orders");
    bench.tell("shop", 1, 7, "alice");
    Eventually.until("it is logged", () -> deliveries(key, DeliveryState.DELIVERED).size() == 7);
    List<Delivery> first = bench.webhooks().deliveries(key, ALL, Optional.empty(), 4);
    List<Delivery> rest =
        bench.webhooks().deliveries(key, ALL, Optional.of(first.getLast().id()), 4);
    assertThat(first).hasSize(4);
    assertThat(rest).extracting(Delivery::sequence).containsExactly(3L, 2L, 1L);
  }

  @Test
  void aWebhookGetsWhatItAsksForOnly() throws Exception {
    WebhookKey key = bench.create("orders");
    update(key, settings -> ofInstances(settings, "cafe"));
    bench.tell("shop", 1, 3, "alice");
    bench.tell("cafe", 1, 3, "alice");
    Eventually.until("it came", () -> receiver.accepted().size() >= 3);
    assertThat(receiver.accepted()).containsExactly("cafe:alice:1", "cafe:alice:2", "cafe:alice:3");
  }

  @Test
  void whatWasNotWantedWhenItWasReadIsNotPostedLater() throws Exception {
    WebhookKey key = bench.create("orders");
    update(key, settings -> ofInstances(settings, "shop"));
    receiver.answer(text -> text.contains("alice") ? FakeReceiver.away() : FakeReceiver.TAKEN);
    bench.tell("shop", 1, 3, "alice");
    bench.tell("cafe", 1, 3, "bob");
    bench.tell("shop", 1, 1, "carol");
    Eventually.until("it read on", () -> receiver.accepted().size() == 1);
    update(key, settings -> ofInstances(settings));
    receiver.answer(_ -> FakeReceiver.TAKEN);
    bench.kill();
    bench.tell("cafe", 1, 1, "dave");
    Eventually.until("it came", () -> receiver.distinct().contains("cafe:dave:1"));
    Eventually.until("it came", () -> receiver.distinct().contains("shop:alice:3"));
    assertThat(receiver.distinct()).noneMatch(text -> text.contains("bob"));
    assertThat(receiver.reordered()).isEmpty();
  }

  @Test
  void waitsWhilePausedAlsoOverARestart() throws Exception {
    WebhookKey key = bench.create("orders");
    state(key, WebhookState.PAUSED);
    bench.tell("shop", 1, 3, "alice");
    bench.restart();
    assertThat(bench.webhooks().find(key).state()).isEqualTo(WebhookState.PAUSED);
    assertThat(receiver.posts()).isZero();
    state(key, WebhookState.ENABLED);
    Eventually.until("it came", () -> receiver.accepted().size() == 3);
  }

  @Test
  void anAnswerOfGoneDisablesAndWhoEnablesItAgainGetsTheRest() throws Exception {
    WebhookKey key = bench.create("orders");
    receiver.answer(_ -> FakeReceiver.answered(410));
    bench.tell("shop", 1, 1, "alice");
    Eventually.until(
        "it is disabled", () -> bench.webhooks().find(key).state() == WebhookState.DISABLED);
    assertThat(bench.webhooks().find(key).cause()).contains(Webhook.DisabledCause.GONE);
    Eventually.until("it is stored", () -> deliveries(key, DeliveryState.WAITING).size() == 1);
    bench.kill();
    assertThat(bench.webhooks().find(key).state()).isEqualTo(WebhookState.DISABLED);
    bench.tell("shop", 2, 2, "alice");
    receiver.answer(_ -> FakeReceiver.TAKEN);
    state(key, WebhookState.ENABLED);
    Eventually.until("it came", () -> receiver.accepted().size() == 2);
    assertThat(receiver.reordered()).isEmpty();
  }

  @Test
  void aRestartInTheMiddleOfAWaitKeepsTheWaitAndTheCount() throws Exception {
    WebhookKey key = bench.create("orders");
    receiver.answer(_ -> FakeReceiver.away());
    bench.tell("shop", 1, 2, "alice");
    Eventually.until("it was tried", () -> attempts(key) >= 3);
    bench.kill();
    assertThat(attempts(key)).isGreaterThanOrEqualTo(3);
    receiver.answer(_ -> FakeReceiver.TAKEN);
    Eventually.until("it came", () -> deliveries(key, DeliveryState.DELIVERED).size() == 2);
    assertThat(receiver.accepted()).containsExactly("shop:alice:1", "shop:alice:2");
    assertThat(deliveries(key, DeliveryState.DELIVERED).getLast().attempts())
        .isGreaterThanOrEqualTo(4);
  }

  @Test
  void postsNoMoreAtOnceThanTheBoundOfAll() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    for (String id : List.of("one", "two", "three")) {
      bench.create(id);
    }
    receiver.answer(_ -> waiting(gate));
    bench.tell("shop", 1, 1, "a", "b", "c", "d", "e", "f", "g");
    int bound = 3 * WebhookBench.QUICK.inFlight();
    Eventually.until("as many fly as may", () -> receiver.posts() == bound);
    gate.countDown();
    Eventually.until("all came", () -> receiver.accepted().size() == 21);
    assertThat(receiver.mostFlying()).isEqualTo(bound);
  }

  @Test
  void readsNoFurtherThanItMayHaveOpen() throws Exception {
    WebhookKey key = bench.create("orders");
    receiver.answer(_ -> FakeReceiver.answered(404));
    int open = WebhookBench.QUICK.open();
    bench.tell("shop", 1, open + 50, "alice");
    Eventually.until("it is full", () -> bench.webhooks().statistics(key).waiting() == open);
    assertThat(bench.webhooks().statistics(key).behind()).isTrue();
    receiver.answer(_ -> FakeReceiver.TAKEN);
    Eventually.until("all came", () -> receiver.accepted().size() == open + 50);
    assertThat(receiver.reordered()).isEmpty();
  }

  @Test
  void postsAgainWhatIsAskedFor() throws Exception {
    WebhookKey key = bench.create("orders");
    bench.tell("shop", 1, 3, "alice");
    Eventually.until("it came", () -> deliveries(key, DeliveryState.DELIVERED).size() == 3);
    CountDownLatch gate = new CountDownLatch(1);
    receiver.answer(_ -> waiting(gate));
    Webhooks.Replay replay = bench.webhooks().replay(key, new Start.Earliest(), new Start.Latest());
    assertThat(replay.round()).isEqualTo(1);
    refused(
        Reason.WEBHOOK_REPLAY_RUNNING,
        () -> bench.webhooks().replay(key, new Start.Earliest(), new Start.Latest()));
    bench.tell("shop", 4, 4, "alice");
    bench.kill();
    gate.countDown();
    Eventually.until("it came again", () -> receiver.distinct().size() == 7);
    assertThat(receiver.distinct()).contains("shop:alice:1 again", "shop:alice:3 again");
    Eventually.until("it is over", () -> bench.webhooks().statistics(key).replay().isEmpty());
    assertThat(bench.webhooks().replay(key, new Start.Latest(), new Start.Latest()).round())
        .isEqualTo(2);
    assertThat(deliveries(key, DeliveryState.DELIVERED).stream().filter(Delivery::replay))
        .hasSize(3);
  }

  @Test
  void endsAReplayThatIsNotWantedAnyMore() throws Exception {
    WebhookKey key = bench.create("orders");
    bench.tell("shop", 1, 5, "alice");
    Eventually.until("it came", () -> deliveries(key, DeliveryState.DELIVERED).size() == 5);
    receiver.answer(_ -> FakeReceiver.answered(404));
    bench.webhooks().replay(key, new Start.Earliest(), new Start.Latest());
    Eventually.until("it began", () -> receiver.posts() > 6);
    assertThat(bench.webhooks().endReplay(key)).isTrue();
    Eventually.until("nothing is left of it", () -> !bench.webhooks().endReplay(key));
    assertThat(bench.webhooks().statistics(key).replay()).isEmpty();
    assertThat(deliveries(key, DeliveryState.CLEARED)).isNotEmpty().allMatch(Delivery::replay);
  }

  @Test
  void whatFailedIsTriedAgainOrCleared(Database database) throws Exception {
    bench.close();
    QueueLimits impatient =
        new QueueLimits(50, 4, Duration.ofMillis(30), Duration.ofMillis(4), Duration.ofMillis(9));
    bench =
        WebhookBench.open(
            database,
            folder.resolve("other"),
            bench.tenant.value() + "-b",
            WebhookBench.config(impatient));
    receiver = bench.receiver;
    WebhookKey key = bench.create("orders");
    receiver.answer(_ -> FakeReceiver.answered(404));
    bench.tell("shop", 1, 3, "alice");
    Eventually.until("they failed", () -> deliveries(key, DeliveryState.FAILED).size() == 3);
    assertThat(deliveries(key, DeliveryState.FAILED))
        .allMatch(it -> it.failure().equals(Optional.of(Delivery.Failure.TIME_OVER)));
    receiver.answer(_ -> FakeReceiver.TAKEN);
    var first = deliveries(key, DeliveryState.FAILED).getLast();
    assertThat(bench.webhooks().clear(key, ofInstance("cafe"))).isZero();
    assertThat(bench.webhooks().retry(key, ofInstance("cafe"))).isZero();
    assertThat(bench.webhooks().retry(key, ofInstance("shop"))).isEqualTo(3);
    Eventually.until("they came", () -> deliveries(key, DeliveryState.DELIVERED).size() == 3);
    assertThat(bench.webhooks().delivery(key, first.id()).attempts())
        .isGreaterThan(first.attempts());
    receiver.answer(_ -> FakeReceiver.answered(404));
    bench.tell("shop", 4, 4, "alice");
    Eventually.until("it failed", () -> deliveries(key, DeliveryState.FAILED).size() == 1);
    assertThat(bench.webhooks().clear(key, ALL)).isEqualTo(1);
    assertThat(deliveries(key, DeliveryState.CLEARED)).hasSize(1);
  }

  @Test
  void clearsWhatWaits() throws Exception {
    WebhookKey key = bench.create("orders");
    receiver.answer(_ -> FakeReceiver.answered(404));
    bench.tell("shop", 1, 3, "alice");
    bench.tell("cafe", 1, 3, "alice");
    Eventually.until("they wait", () -> bench.webhooks().statistics(key).waiting() == 6);
    state(key, WebhookState.PAUSED);
    Eventually.until("none flies", () -> bench.webhooks().statistics(key).inFlight() == 0);
    assertThat(bench.webhooks().clear(key, ofInstance("shop"))).isEqualTo(3);
    bench.kill();
    receiver.answer(_ -> FakeReceiver.TAKEN);
    state(key, WebhookState.ENABLED);
    Eventually.until("the others come", () -> receiver.accepted().size() == 3);
    assertThat(receiver.accepted()).allMatch(text -> text.startsWith("cafe"));
  }

  @Test
  void clearsAllThatAPausedOneHasBeforeItAlsoWhatItDidNotRead() throws Exception {
    WebhookKey key = bench.create("orders");
    state(key, WebhookState.PAUSED);
    bench.tell("shop", 1, 70, "alice", "bob", "carol");
    assertThat(bench.webhooks().clear(key, ofInstance("shop"))).as("none was read").isZero();
    assertThat(bench.webhooks().clear(key, ALL)).isEqualTo(210);
    bench.kill();
    state(key, WebhookState.ENABLED);
    bench.tell("shop", 1, 1, "dave");
    Eventually.until("it came", () -> receiver.accepted().size() == 1);
    assertThat(receiver.accepted()).containsExactly("shop:dave:1");
  }

  @Test
  void anEventThatCannotBeReadKeepsNobodyWaiting() throws Exception {
    WebhookKey key = bench.create("orders");
    bench.tell("shop", 1, 1, "alice");
    bench.events.tell(unreadable(12));
    bench.tell("shop", 2, 2, "alice");
    Eventually.until("the others come", () -> receiver.accepted().size() == 2);
    Eventually.until("they fail", () -> deliveries(key, DeliveryState.FAILED).size() == 12);
    assertThat(deliveries(key, DeliveryState.FAILED))
        .allMatch(it -> it.failure().equals(Optional.of(Delivery.Failure.EVENT_UNREADABLE)))
        .allMatch(it -> it.attempts() == 0);
    assertThat(receiver.posts()).isEqualTo(2);
  }

  @Test
  void anEventThatCannotBeReadSaysNothingOfTheReceiverAndMayBeTriedAgain() throws Exception {
    WebhookKey key = bench.create("orders");
    bench.events.tell(unreadable(12));
    Eventually.until("they fail", () -> deliveries(key, DeliveryState.FAILED).size() == 12);
    assertThat(bench.webhooks().statistics(key).breaker().failures()).isZero();
    assertThat(bench.webhooks().retry(key, ALL)).isEqualTo(12);
    Eventually.until("they fail", () -> deliveries(key, DeliveryState.FAILED).size() == 12);
    assertThat(bench.webhooks().clear(key, ALL)).isEqualTo(12);
  }

  @Test
  void theOldSecretSignsBesideTheNewOneForAsLongAsIsSaid() throws Exception {
    WebhookKey key = bench.create("orders");
    Secret second = bench.webhooks().rotateSecret(key, Duration.ofHours(1));
    Secret third = bench.webhooks().rotateSecret(key, Duration.ofHours(1));
    assertThat(third.text()).isNotEqualTo(second.text()).startsWith("whsec_");
    bench.restart();
    assertThat(bench.webhooks().test(key).outcome()).isEqualTo(FakeReceiver.TAKEN);
    assertThat(receiver.accepted()).containsExactly("test");
    assertThat(bench.webhooks().deliveries(key, ALL, Optional.empty(), 10)).isEmpty();
    refused(Reason.INVALID_FIELD, () -> bench.webhooks().rotateSecret(key, Duration.ofDays(8)));
  }

  @Test
  void thereAreNoMoreWebhooksThanTheBounds() {
    bench.create("one");
    refused(Reason.WEBHOOK_EXISTS, () -> bench.create("one"));
    bench.create("three");
    bench.create("two");
    refused(Reason.TOO_MANY_WEBHOOKS, () -> bench.create("four"));
    assertThat(bench.webhooks().list(bench.tenant, "one", 5))
        .extracting(webhook -> webhook.key().id())
        .containsExactly("three", "two");
    bench.webhooks().delete(new WebhookKey(bench.tenant, "three"));
    refused(
        Reason.WEBHOOK_NOT_FOUND,
        () -> bench.webhooks().delete(new WebhookKey(bench.tenant, "three")));
    bench.create("four");
    bench.restart();
    assertThat(bench.webhooks().list(bench.tenant, "", 5)).hasSize(3);
  }

  private List<EventDraft> unreadable(int count) {
    return Collections.nCopies(count, bench.events.draft(bench.account("shop"), "without a chat"));
  }

  private static Outcome waiting(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FakeReceiver.away();
    }
    return FakeReceiver.TAKEN;
  }

  private List<Delivery> deliveries(WebhookKey key, DeliveryState state) {
    return bench.webhooks().deliveries(key, ALL.in(Set.of(state)), Optional.empty(), 100);
  }

  private int attempts(WebhookKey key) {
    return deliveries(key, DeliveryState.WAITING).stream()
        .mapToInt(Delivery::attempts)
        .max()
        .orElse(0);
  }

  private void update(WebhookKey key, UnaryOperator<WebhookSettings> change) {
    bench.webhooks().update(key, change, Optional.empty());
  }

  private void state(WebhookKey key, WebhookState state) {
    bench.webhooks().update(key, settings -> settings, Optional.of(state));
  }

  private static WebhookSettings ofInstances(WebhookSettings settings, String... instances) {
    Set<InstanceId> ids = Arrays.stream(instances).map(InstanceId::new).collect(Collectors.toSet());
    return new WebhookSettings("", settings.url(), ids, Set.of(), settings.headers());
  }

  private static Delivery.Selection ofInstance(String id) {
    return new Delivery.Selection(
        Set.of(), Set.of(new InstanceId(id)), Optional.empty(), Optional.empty());
  }

  private static void refused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            GatewayException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
