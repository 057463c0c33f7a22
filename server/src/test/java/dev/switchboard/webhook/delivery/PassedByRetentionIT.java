package dev.switchboard.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.api.v1.Event;
import dev.switchboard.api.v1.WebhookEventsDropped;
import dev.switchboard.event.log.Retention;
import dev.switchboard.model.InstanceId;
import dev.switchboard.store.DatabaseExtension;
import dev.switchboard.store.database.Database;
import dev.switchboard.testing.Eventually;
import dev.switchboard.webhook.Delivery;
import dev.switchboard.webhook.DeliveryState;
import dev.switchboard.webhook.WebhookKey;
import dev.switchboard.webhook.WebhookSettings;
import dev.switchboard.webhook.WebhookState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Old events are deleted: whoever still waited for them hears of it, and nobody else. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(DatabaseExtension.class)
class PassedByRetentionIT {
  @TempDir private Path folder;
  private WebhookBench bench;
  private WebhookKey key;

  @BeforeEach
  void open(Database database) throws InterruptedException {
    String tenant = "passed-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
    bench = WebhookBench.open(database, folder, tenant);
    key = bench.create("orders");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void whatWaitsIsGivenUpAndTold() throws Exception {
    bench.receiver.answer(_ -> FakeReceiver.answered(404));
    bench.tell("shop", 1, 3, "alice");
    bench.tell("cafe", 1, 2, "bob");
    Eventually.until("they wait", () -> bench.webhooks().statistics(key).waiting() == 5);
    bench.webhooks().update(key, settings -> settings, Optional.of(WebhookState.PAUSED));
    Eventually.until("none flies", () -> bench.webhooks().statistics(key).inFlight() == 0);
    passFile();
    assertThat(told())
        .containsExactlyInAnyOrder(dropped("shop", 3, 1, 3), dropped("cafe", 2, 1, 2));
    assertThat(failed()).hasSize(5);
    assertThat(bench.watch.dropped).hasValue(5);
    assertThat(bench.webhooks().retry(key, Delivery.Selection.all())).isZero();
    bench.kill();
    bench.receiver.answer(_ -> FakeReceiver.TAKEN);
    bench.webhooks().update(key, settings -> settings, Optional.of(WebhookState.ENABLED));
    Eventually.until("it goes on", () -> bench.receiver.distinct().contains("shop:late:1"));
    assertThat(bench.receiver.distinct()).containsExactly("shop:late:1");
  }

  @Test
  void whatAPausedOneDidNotReadIsCountedAndTold() throws Exception {
    bench.webhooks().update(key, settings -> settings, Optional.of(WebhookState.PAUSED));
    bench.tell("shop", 1, 150, "alice", "bob");
    bench.tell("cafe", 1, 2, "bob");
    passFile();
    assertThat(told())
        .containsExactlyInAnyOrder(dropped("shop", 300, 1, 300), dropped("cafe", 2, 1, 2));
    assertThat(bench.webhooks().lowWaterMark().position())
        .isGreaterThanOrEqualTo(bench.events.events.first());
  }

  @Test
  void whatADisabledOneMissedIsToldWhenItIsEnabled() throws Exception {
    bench.receiver.answer(_ -> FakeReceiver.answered(410));
    bench.tell("shop", 1, 1, "alice");
    Eventually.until(
        "it is disabled", () -> bench.webhooks().find(key).state() == WebhookState.DISABLED);
    bench.tell("cafe", 1, 2, "bob");
    passFile();
    bench.tell("shop", 2, 3, "alice");
    passFile();
    assertThat(told()).as("nobody asked for it").isEmpty();
    bench.kill();
    bench.receiver.answer(_ -> FakeReceiver.TAKEN);
    bench.webhooks().update(key, settings -> settings, Optional.of(WebhookState.ENABLED));
    assertThat(told())
        .containsExactlyInAnyOrder(dropped("shop", 4, 1, 4), dropped("cafe", 2, 1, 2));
    Eventually.until("it goes on", () -> bench.receiver.distinct().contains("shop:late:1"));
    assertThat(bench.receiver.distinct()).containsExactly("shop:late:1");
    bench.webhooks().update(key, settings -> settings, Optional.of(WebhookState.PAUSED));
    bench.webhooks().update(key, settings -> settings, Optional.of(WebhookState.ENABLED));
    assertThat(told()).as("it is told once").isEmpty();
  }

  @Test
  void whatCannotBeReadAnyMoreIsToldAndHoldsUpNothing() throws Exception {
    bench.webhooks().update(key, settings -> settings, Optional.of(WebhookState.PAUSED));
    bench.tell("shop", 1, 1, "alice", "spoilt", "bob");
    bench.kill(); // The new one has read nothing of it.
    bench.events.damage(folder, "spoilt:1");
    bench.webhooks().update(key, settings -> settings, Optional.of(WebhookState.ENABLED));
    bench.tell("shop", 2, 2, "alice");
    Eventually.until("it goes on", () -> bench.receiver.distinct().contains("shop:alice:2"));
    assertThat(bench.receiver.distinct())
        .containsExactlyInAnyOrder("shop:alice:1", "shop:bob:1", "shop:alice:2");
    Eventually.until("it is told", () -> bench.watch.dropped.get() == 1);
    assertThat(told()).containsExactly(dropped("shop", 1, 2, 2));
  }

  @Test
  void nothingIsToldOfWhatWasPostedOrNotWanted() throws Exception {
    WebhookKey other = bench.create("other");
    var elsewhere =
        new WebhookSettings(
            "", FakeReceiver.url(), Set.of(new InstanceId("elsewhere")), Set.of(), Map.of());
    bench.webhooks().update(other, _ -> elsewhere, Optional.empty());
    bench.tell("shop", 1, 3, "alice");
    Eventually.until("it came", () -> bench.receiver.accepted().size() == 3);
    passFile();
    assertThat(told()).isEmpty();
    assertThat(failed()).isEmpty();
    assertThat(bench.webhooks().lowWaterMark().position())
        .as("also of one to which nothing came")
        .isGreaterThanOrEqualTo(bench.events.events.first());
  }

  /** Everything so far is deleted; one event comes after it. */
  private void passFile() throws InterruptedException {
    bench.events.clock.advance(Duration.ofMinutes(1));
    bench.tell("shop", 1, 1, "late");
    Eventually.until(
        "a start needs no older file",
        () -> bench.events.writer.needed() >= bench.events.log.files().getLast().begin());
    long first = bench.events.events.first();
    Retention retention = bench.events.retention(Duration.ZERO, 0);
    retention.ask(bench.webhooks().lowWaterMark());
    retention.sweep();
    assertThat(bench.events.events.first()).isGreaterThan(first);
  }

  private List<WebhookEventsDropped> told() {
    return bench.told.take().stream()
        .filter(Event::hasWebhookEventsDropped)
        .map(event ->
            event.getWebhookEventsDropped().toBuilder()
                .setWebhookId(event.getInstanceId() + " of " + key.id())
                .build())
        .toList();
  }

  private static WebhookEventsDropped dropped(String instance, long count, long first, long last) {
    return WebhookEventsDropped.newBuilder()
        .setWebhookId(instance + " of orders")
        .setEventCount(count)
        .setFirstSequence(first)
        .setLastSequence(last)
        .build();
  }

  private List<Delivery> failed() {
    var selection = Delivery.Selection.all().in(Set.of(DeliveryState.FAILED));
    return bench.webhooks().deliveries(key, selection, Optional.empty(), 100);
  }
}
