package dev.switchboard.store.webhook;

import static dev.switchboard.store.jooq.Tables.WEBHOOK;
import static dev.switchboard.store.jooq.Tables.WEBHOOK_DELIVERY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.event.EventKind;
import dev.switchboard.store.Accounts;
import dev.switchboard.store.DatabaseExtension;
import dev.switchboard.store.TakenEvents;
import dev.switchboard.store.database.Database;
import dev.switchboard.webhook.Attempt;
import dev.switchboard.webhook.Delivery;
import dev.switchboard.webhook.DeliveryState;
import dev.switchboard.webhook.Outcome;
import dev.switchboard.webhook.Secret;
import dev.switchboard.webhook.Webhook;
import dev.switchboard.webhook.WebhookKey;
import dev.switchboard.webhook.WebhookSettings;
import dev.switchboard.webhook.WebhookState;
import dev.switchboard.webhook.Webhooks;
import dev.switchboard.webhook.storage.Drop;
import dev.switchboard.webhook.storage.Progress;
import dev.switchboard.webhook.storage.Step;
import dev.switchboard.webhook.storage.StoredDelivery;
import dev.switchboard.webhook.storage.StoredWebhook;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(DatabaseExtension.class)
class PostgresDeliveryStoreIT {
  private static final AtomicInteger NEXT = new AtomicInteger();
  private static final Instant NOON = Accounts.NOON;
  private static final String WORDS = "the answer is in the hat";

  private final TakenEvents told = new TakenEvents();
  private final AccountKey account = Accounts.key();
  private Database database;
  private PostgresWebhookStore webhooks;
  private PostgresDeliveryStore store;
  private Webhook webhook;

  @BeforeEach
  void insert(Database database) {
    this.database = database;
    webhooks = new PostgresWebhookStore(database.transactions(), database.encryption());
    store =
        new PostgresDeliveryStore(
            database.transactions(), database.encryption(), told.rows(database));
    var key = new WebhookKey(TenantId.DEFAULT, "stored-" + NEXT.incrementAndGet());
    var settings =
        new WebhookSettings(
            "Orders",
            "https://receiver.example/" + WORDS.replace(' ', '-'),
            Set.of(account.instance()),
            Set.of(EventKind.MESSAGE_FAILED),
            Map.of("authorization", WORDS));
    webhook = new Webhook(key, settings, WebhookState.ENABLED, Optional.empty(), NOON, NOON);
    assertThat(webhooks.insert(stored())).isTrue();
  }

  @Test
  void keepsAllOfAWebhook() {
    assertThat(webhooks.insert(stored())).isFalse();
    assertThat(found().webhook()).isEqualTo(webhook);
    var replay = new Webhooks.Replay(3, 17, 99);
    var disabled = webhook.disabled(Webhook.DisabledCause.GONE, NOON.plusSeconds(1));
    var progress = new Progress("other log", 12, 3, Optional.of(replay));
    store.save(new Step(disabled, progress, List.of(), List.of(), false));
    var second = new Secret(new byte[Secret.BYTES], NOON.plusSeconds(3), Optional.empty());
    webhooks.sign(
        webhook.key(), List.of(second, found().secrets().getFirst().until(NOON.plusSeconds(9))));
    assertThat(found().webhook()).isEqualTo(disabled);
    assertThat(found().progress()).isEqualTo(progress);
    assertThat(found().secrets())
        .extracting(Secret::createdAt)
        .containsExactly(second.createdAt(), NOON);
    assertThat(found().secrets().getLast().live(NOON.plusSeconds(9))).isFalse();
  }

  @Test
  void keepsAllOfADelivery() {
    var answered = new Outcome.Answered(503, WORDS, Optional.of(Duration.ofSeconds(7)));
    var unreached = new Outcome.Unreached(Outcome.Cause.TLS_FAILED, "expired");
    var attempts =
        List.of(
            new Attempt(4, NOON, Duration.ofMillis(12), answered),
            new Attempt(5, NOON.plusSeconds(8), Duration.ofNanos(17_000), unreached));
    var waiting = delivery(7, 0, DeliveryState.WAITING, attempts);
    save(waiting, delivery(7, 1, DeliveryState.FAILED, List.of()));
    var found = store.waiting(webhook.key()).getFirst();
    assertThat(found.delivery()).isEqualTo(waiting.delivery());
    assertThat(found.lanes()).containsExactly(waiting.lanes());
    assertThat(found.since()).isEqualTo(waiting.since());
    assertThat(found.tries()).isEqualTo(2);
    assertThat(found.held()).isTrue();
    assertThat(store.find(webhook.key(), new Delivery.Id(7, 0))).contains(waiting.delivery());
    assertThat(store.find(webhook.key(), new Delivery.Id(8, 0))).isEmpty();
  }

  @Test
  void writesNothingDownInTheClear() {
    var answered = new Outcome.Answered(500, WORDS, Optional.empty());
    var attempt = new Attempt(1, NOON, Duration.ofMillis(12), answered);
    save(delivery(1, 0, DeliveryState.DELIVERED, List.of(attempt)));
    var row =
        database
            .transactions()
            .read(dsl ->
                dsl.selectFrom(WEBHOOK).where(WEBHOOK.ID.eq(webhook.key().id())).fetchSingle());
    var detail =
        database
            .transactions()
            .read(dsl ->
                dsl.selectFrom(WEBHOOK_DELIVERY)
                    .where(WEBHOOK_DELIVERY.WEBHOOK_ID.eq(webhook.key().id()))
                    .fetchSingle(WEBHOOK_DELIVERY.DETAIL));
    assertThat(latin(row.getAddress()) + latin(row.getSecrets()) + latin(detail))
        .doesNotContain("hat")
        .doesNotContain("receiver");
    assertThat(found().webhook() + " " + found().secrets()).doesNotContain("hat");
  }

  @Test
  void aStepIsThereWithItsEventsOrNotAtAll() {
    var drop = new Drop(account, 3, 5, 9);
    var step =
        new Step(
            webhook,
            Progress.at("log", 50),
            List.of(delivery(1, 0, DeliveryState.FAILED, List.of())),
            List.of(drop),
            false);
    store.save(step);
    var event = told.take().getFirst();
    assertThat(event.getInstanceId()).isEqualTo(account.instance().value());
    assertThat(event.getWebhookEventsDropped().getEventCount()).isEqualTo(3);
    assertThat(event.getWebhookEventsDropped().getLastSequence()).isEqualTo(9);
    assertThat(found().progress().place()).isEqualTo(50);
    assertThat(webhooks.delete(webhook.key())).isTrue();
    assertThatThrownBy(() -> store.save(step)).isInstanceOf(GatewayException.class);
    assertThat(told.take()).isEmpty();
    assertThat(store.list(webhook.key(), Delivery.Selection.all(), Optional.empty(), 9)).isEmpty();
  }

  @Test
  void choosesByStateInstanceAndTime() {
    save(
        delivery(1, 0, DeliveryState.FAILED, List.of()),
        delivery(2, 0, DeliveryState.DELIVERED, List.of()),
        delivery(3, 0, DeliveryState.FAILED, List.of()));
    var failed = Delivery.Selection.all().in(Set.of(DeliveryState.FAILED));
    assertThat(positions(failed)).containsExactly(3L, 1L);
    var early =
        new Delivery.Selection(
            Set.of(), Set.of(account.instance()), Optional.of(NOON), Optional.of(at(3)));
    assertThat(positions(early)).containsExactly(2L, 1L);
    assertThat(store.failed(webhook.key(), Delivery.Selection.all(), 2, 9))
        .extracting(it -> it.delivery().id().position())
        .containsExactly(3L);
    assertThat(store.ended(webhook.key(), 0, 2)).containsExactlyInAnyOrder(2L, 3L);
    assertThat(store.count(webhook.key(), at(2)).failed()).isEqualTo(1);
    assertThat(store.clearFailed(webhook.key(), Delivery.Selection.all(), at(9))).isEqualTo(2);
    assertThat(positions(failed)).isEmpty();
  }

  @Test
  void deletesWhatIsOldOrTooMuchAndNothingThatAStartNeeds() {
    List<StoredDelivery> all = new ArrayList<>();
    IntStream.rangeClosed(1, 20)
        .forEach(i -> all.add(delivery(i, 0, DeliveryState.DELIVERED, List.of())));
    all.add(delivery(21, 0, DeliveryState.WAITING, List.of()));
    store.save(new Step(webhook, Progress.at("log", 19), all, List.of(), false));
    assertThat(store.sweep(webhook.key(), at(6), 100, 3)).isEqualTo(3);
    assertThat(store.sweep(webhook.key(), at(6), 100, 3)).isEqualTo(2);
    assertThat(positions(Delivery.Selection.all())).hasSize(16).endsWith(6L);
    assertThat(store.sweep(webhook.key(), NOON, 4, 100)).isEqualTo(11);
    assertThat(positions(Delivery.Selection.all())).containsExactly(21L, 20L, 19L, 18L, 17L);
    assertThat(store.sweep(webhook.key(), at(60), 1, 100)).isEqualTo(2);
    assertThat(positions(Delivery.Selection.all()))
        .as("what waits, and what is not behind the place")
        .containsExactly(21L, 20L, 19L);
  }

  private List<Long> positions(Delivery.Selection selection) {
    return store.list(webhook.key(), selection, Optional.empty(), 100).stream()
        .map(delivery -> delivery.id().position())
        .toList();
  }

  private void save(StoredDelivery... deliveries) {
    store.save(new Step(webhook, Progress.at("log", 100), List.of(deliveries), List.of(), false));
  }

  private StoredWebhook stored() {
    var secret = new Secret(new byte[Secret.BYTES], NOON, Optional.empty());
    return new StoredWebhook(webhook, List.of(secret), Progress.at("log", 4));
  }

  private StoredWebhook found() {
    return webhooks.list(Optional.empty(), 10_000).stream()
        .filter(it -> it.webhook().key().equals(webhook.key()))
        .findFirst()
        .orElseThrow();
  }

  private StoredDelivery delivery(
      long position, int round, DeliveryState state, List<Attempt> attempts) {
    var failure =
        state == DeliveryState.FAILED
            ? Optional.of(Delivery.Failure.TIME_OVER)
            : Optional.<Delivery.Failure>empty();
    var delivery =
        new Delivery(
            webhook.key(),
            new Delivery.Id(position, round),
            "event-" + position,
            account,
            EventKind.MESSAGE_FAILED,
            position,
            state,
            failure,
            attempts.size(),
            state == DeliveryState.WAITING ? Optional.of(at(99)) : Optional.empty(),
            at(position),
            attempts);
    return new StoredDelivery(delivery, new long[] {3, -4}, NOON, 2, Optional.of(NOON), true);
  }

  private static Instant at(long seconds) {
    return NOON.plusSeconds(seconds);
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
