package dev.switchboard.webhook.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchboard.egress.HttpCourier;
import dev.switchboard.egress.client.EgressLimits;
import dev.switchboard.egress.guard.EgressPolicy;
import dev.switchboard.egress.guard.Network;
import dev.switchboard.event.EventDraft;
import dev.switchboard.event.reading.Page;
import dev.switchboard.event.reading.Reading;
import dev.switchboard.event.reading.Selection;
import dev.switchboard.event.reading.Start;
import dev.switchboard.model.TenantId;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.DatabaseConfig;
import dev.switchboard.store.encryption.KeySource;
import dev.switchboard.store.event.EventRows;
import dev.switchboard.store.webhook.PostgresDeliveryStore;
import dev.switchboard.store.webhook.PostgresWebhookStore;
import dev.switchboard.testing.EventBench;
import dev.switchboard.webhook.WebhookKey;
import dev.switchboard.webhook.WebhookSettings;
import dev.switchboard.webhook.watch.DeliveryWatch;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Writes events and has them posted, until it is killed. With {@code rest} it writes none, says how
 * many there are, and has the rest posted.
 */
public final class WebhookProgram {
  private static final String[] INSTANCES = {"shop", "cafe", "bar"};
  private static final String[] CHATS = {"alice", "bob", "carol", "dave"};
  private static final WebhookKey KEY = new WebhookKey(TenantId.DEFAULT, "orders");
  private static final int MOST_WAITING = 100;
  private static final String COUNTED = "events ";

  private WebhookProgram() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    try (Database database = database(folder, arguments[1], arguments[2], arguments[3]);
        EventBench bench = EventBench.open(folder.resolve("events"));
        HttpCourier courier = courier();
        RunningWebhooks webhooks = webhooks(database, bench, courier, arguments[4])) {
      Map<String, Integer> numbers = numbers(bench);
      if (arguments[5].equals("rest")) {
        int count = numbers.values().stream().mapToInt(Integer::intValue).sum();
        new PrintStream(System.out, true, UTF_8).println(COUNTED + count + " .");
        TimeUnit.DAYS.sleep(1);
      }
      while (true) {
        if (!behind(webhooks)) {
          write(bench, numbers);
        }
        TimeUnit.MILLISECONDS.sleep(10);
      }
    }
  }

  /** How many events there are, if the line says so; otherwise -1. */
  static int counted(String line) {
    return line.startsWith(COUNTED)
        ? Integer.parseInt(line.substring(COUNTED.length(), line.length() - 2))
        : -1;
  }

  private static Database database(Path folder, String url, String user, String password) {
    return Database.open(
        new DatabaseConfig(
            new DatabaseConfig.Server(url, user, password),
            folder.resolve("unused"),
            folder.resolve("unused"),
            new KeySource.KeyFile(folder.resolve("master.key")),
            4,
            DatabaseConfig.DEFAULT_PATIENCE));
  }

  private static HttpCourier courier() {
    return HttpCourier.open(
        new EgressPolicy(List.of(Network.of("127.0.0.0/8")), Set.of(443), false),
        EgressLimits.of(Duration.ofSeconds(2), Duration.ofSeconds(5), 16),
        Clock.systemUTC());
  }

  private static RunningWebhooks webhooks(
      Database database, EventBench bench, HttpCourier courier, String url) {
    RunningWebhooks webhooks =
        RunningWebhooks.open(
            new RunningWebhooks.Parts(
                new PostgresWebhookStore(database.transactions(), database.encryption()),
                new PostgresDeliveryStore(
                    database.transactions(), database.encryption(), EventRows.none()),
                bench.events,
                new TextBody(),
                courier,
                WebhookBench.config(WebhookBench.QUICK),
                Clock.systemUTC(),
                new Random(),
                DeliveryWatch.none()));
    if (webhooks.list(TenantId.DEFAULT, "", 1).isEmpty()) {
      webhooks.create(KEY, new WebhookSettings("", url, Set.of(), Set.of(), Map.of()));
    }
    return webhooks;
  }

  /** More is not written than the receiver takes, hardly. */
  private static boolean behind(RunningWebhooks webhooks) {
    var statistics = webhooks.statistics(KEY);
    return statistics.behind() || statistics.waiting() > MOST_WAITING;
  }

  /** The number of the newest event of each chat. */
  private static Map<String, Integer> numbers(EventBench bench) throws InterruptedException {
    Map<String, Integer> numbers = new HashMap<>();
    try (Reading reading =
        bench.events.open(Selection.of(TenantId.DEFAULT), new Start.Earliest())) {
      while (reading.next(1_000, Duration.ZERO) instanceof Page.Events(var found, long _)
          && !found.isEmpty()) {
        found.forEach(event -> {
          String text = new String(event.content(), UTF_8);
          String chat = event.account().instance() + ":" + TextBody.chat(text);
          numbers.merge(chat, TextBody.number(text), Math::max);
        });
      }
    }
    return numbers;
  }

  private static void write(EventBench bench, Map<String, Integer> numbers) {
    bench.clock.advance(Duration.ofMillis(30));
    List<EventDraft> drafts = new ArrayList<>();
    for (String instance : INSTANCES) {
      for (String chat : CHATS) {
        int number = numbers.merge(instance + ":" + chat, 1, Integer::sum);
        drafts.add(bench.draft(EventBench.account(instance), chat + ":" + number));
      }
    }
    bench.writer.committed(bench.outbox.stored(drafts));
  }
}
