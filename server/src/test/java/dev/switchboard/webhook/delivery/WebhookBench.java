package dev.switchboard.webhook.delivery;

import dev.switchboard.access.TenantStore;
import dev.switchboard.event.EventDraft;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.Reason;
import dev.switchboard.model.TenantId;
import dev.switchboard.store.Accounts;
import dev.switchboard.store.TakenEvents;
import dev.switchboard.store.account.PostgresTenantStore;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.webhook.PostgresDeliveryStore;
import dev.switchboard.store.webhook.PostgresWebhookStore;
import dev.switchboard.testing.EventBench;
import dev.switchboard.webhook.Secret;
import dev.switchboard.webhook.WebhookKey;
import dev.switchboard.webhook.WebhookSettings;
import dev.switchboard.webhook.queue.QueueLimits;
import dev.switchboard.webhook.storage.DeliveryStore;
import dev.switchboard.webhook.storage.StoredWebhook;
import dev.switchboard.webhook.storage.WebhookStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Webhooks of a tenant of their own, over a real log of events and a real database. */
final class WebhookBench implements AutoCloseable {
  static final QueueLimits QUICK =
      new QueueLimits(200, 4, Duration.ofMinutes(5), Duration.ofMillis(4), Duration.ofMillis(20));

  final TenantId tenant;
  final EventBench events;
  final FakeReceiver receiver = new FakeReceiver();
  final TakenEvents told = new TakenEvents();
  final RecordedWatch watch = new RecordedWatch();
  private final Database database;
  private final DeliveryConfig config;
  private AtomicBoolean dead = new AtomicBoolean();
  private RunningWebhooks webhooks;

  private WebhookBench(Database database, EventBench events, String tenant, DeliveryConfig config) {
    this.database = database;
    this.events = events;
    this.config = config;
    this.tenant = new TenantId(tenant);
    new PostgresTenantStore(database.transactions())
        .insert(new TenantStore.Tenant(this.tenant, "", Accounts.NOON));
    webhooks = begin();
  }

  static WebhookBench open(Database database, Path folder, String tenant)
      throws InterruptedException {
    return open(database, folder, tenant, config(QUICK));
  }

  static WebhookBench open(Database database, Path folder, String tenant, DeliveryConfig config)
      throws InterruptedException {
    return new WebhookBench(database, EventBench.open(folder), tenant, config);
  }

  static DeliveryConfig config(QueueLimits queue) {
    return new DeliveryConfig(queue, 16, 3, 5, Duration.ofDays(7), 1_000, Duration.ofSeconds(5));
  }

  RunningWebhooks webhooks() {
    return webhooks;
  }

  /** Makes one that wants everything. */
  WebhookKey create(String id) {
    WebhookKey key = new WebhookKey(tenant, id);
    webhooks.create(key, settings());
    return key;
  }

  static WebhookSettings settings() {
    return new WebhookSettings("", FakeReceiver.url(), Set.of(), Set.of(), Map.of());
  }

  AccountKey account(String instance) {
    return new AccountKey(tenant, new InstanceId(instance));
  }

  /** Events of chats by turns, numbered from one on for each. */
  List<String> tell(String instance, int from, int until, String... chats)
      throws InterruptedException {
    List<EventDraft> drafts = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int number = from; number <= until; number++) {
      for (String chat : chats) {
        drafts.add(events.draft(account(instance), chat + ":" + number));
        texts.add(instance + ":" + chat + ":" + number);
      }
    }
    events.tell(drafts);
    return texts;
  }

  /** The server ends and starts. */
  void restart() {
    webhooks.close();
    webhooks = begin();
  }

  /** The process is killed and starts: nothing is stored from here on but by the new one. */
  void kill() {
    dead.set(true);
    webhooks.close();
    dead = new AtomicBoolean();
    webhooks = begin();
  }

  private RunningWebhooks begin() {
    WebhookStore stored = new PostgresWebhookStore(database.transactions(), database.encryption());
    DeliveryStore deliveries =
        new PostgresDeliveryStore(
            database.transactions(), database.encryption(), told.rows(database));
    return RunningWebhooks.open(
        new RunningWebhooks.Parts(
            mortal(WebhookStore.class, new OfTenant(stored, tenant)),
            mortal(DeliveryStore.class, deliveries),
            events.events,
            new TextBody(),
            receiver,
            config,
            Clock.systemUTC(),
            new Random(11),
            watch));
  }

  /** Works until the process is killed. */
  private <T> T mortal(Class<T> type, T store) {
    AtomicBoolean end = dead;
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              if (end.get()) {
                throw new GatewayException(Reason.STORAGE_UNAVAILABLE, "killed");
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  /** The database is shared with other tests, whose webhooks are none of ours. */
  private record OfTenant(WebhookStore all, TenantId tenant) implements WebhookStore {
    @Override
    public boolean insert(StoredWebhook webhook) {
      return all.insert(webhook);
    }

    @Override
    public List<StoredWebhook> list(Optional<WebhookKey> after, int limit) {
      return after.isPresent()
          ? List.of()
          : all.list(Optional.empty(), 10_000).stream()
              .filter(stored -> stored.webhook().key().tenant().equals(tenant))
              .toList();
    }

    @Override
    public void sign(WebhookKey key, List<Secret> secrets) {
      all.sign(key, secrets);
    }

    @Override
    public boolean delete(WebhookKey key) {
      return all.delete(key);
    }
  }

  @Override
  public void close() {
    webhooks.close();
    events.close();
  }
}
