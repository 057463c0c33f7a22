package dev.switchboard.loadtest.webhooks;

import dev.switchboard.api.v1.EventKind;
import dev.switchboard.loadtest.client.EventClient;
import dev.switchboard.loadtest.client.GatewayClient;
import dev.switchboard.loadtest.measure.Machine;
import dev.switchboard.loadtest.process.ServerProcess;
import dev.switchboard.loadtest.run.Progress;
import dev.switchboard.loadtest.stage.Accounts;
import dev.switchboard.loadtest.stage.Accounts.Linked;
import dev.switchboard.loadtest.stage.Stage;
import dev.switchboard.loadtest.stage.Writers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Has people write while the server is killed and the receiver misbehaves, then compares. */
final class WebhooksRun {
  /** The receiver is on this machine, and nobody waits for minutes. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "egress.allowed-networks", "[\"127.0.0.0/8\"]",
          "outbox.queue-limit", "1000000",
          "webhooks.connect-timeout", "1 second",
          "webhooks.timeout", "2 seconds",
          "webhooks.retry-base", "100 milliseconds",
          "webhooks.retry-cap", "2 seconds");

  private static final String WEBHOOK = "receiver";

  /** The account whose messages wait in the end. */
  private static final String STOPPED = "load-00000";

  private static final Duration STEP = Duration.ofMillis(500);
  private static final Duration ABSENCE = Duration.ofSeconds(1);
  private static final int ABSENT_EVERY = 3;

  private final WebhooksPlan plan;
  private final Machine machine;
  private final Stage stage;
  private final Progress progress;
  private final Random random;

  WebhooksRun(WebhooksPlan plan, Machine machine, Stage stage, Progress progress) {
    this.plan = plan;
    this.machine = machine;
    this.stage = stage;
    this.progress = progress;
    this.random = new Random(plan.seed());
  }

  WebhooksFigures run() throws InterruptedException {
    List<String> people = stage.people(plan.accounts() * plan.chats(), false);
    ServerProcess.Plan server = stage.server(SETTINGS);
    progress.say("starting the server");
    try (var receiver = new Receiver(plan.seed())) {
      receiver.open();
      ServerProcess process = ServerProcess.start(server);
      try {
        String key = process.awaitKey(plan.patience());
        Writers writers =
            new Writers(
                stage.sandbox(),
                linked(process, key, receiver),
                people,
                plan.rate(),
                (writer, _) -> "chat " + writer);
        writers.begin();
        process = killed(server, process, key, receiver);
        writers.end();
        progress.say("%d messages were written; the receiver behaves", writers.written());
        return settled(process, key, receiver, writers.written());
      } finally {
        process.close();
      }
    }
  }

  /** Each account as often as it has chats. */
  private List<Linked> linked(ServerProcess process, String key, Receiver receiver)
      throws InterruptedException {
    try (GatewayClient gateway = stage.client(process, key, plan.patience())) {
      var accounts = Accounts.link(gateway, stage.sandbox(), plan.accounts(), plan.patience());
      receiver.expect(
          gateway.createWebhook(WEBHOOK, receiver.url(), EventKind.EVENT_KIND_MESSAGE_RECEIVED));
      progress.say("%d accounts are linked", accounts.size());
      var all = new ArrayList<Linked>();
      for (int chat = 0; chat < plan.chats(); chat++) {
        all.addAll(accounts);
      }
      return all;
    }
  }

  private ServerProcess killed(
      ServerProcess.Plan server, ServerProcess first, String key, Receiver receiver)
      throws InterruptedException {
    ServerProcess process = first;
    for (int round = 1; round <= plan.rounds(); round++) {
      Thread.sleep(random.nextLong(plan.window().toMillis()));
      if (absent(round)) {
        receiver.close();
        Thread.sleep(ABSENCE);
        receiver.open();
      }
      process.kill();
      process =
          ServerProcess.start(
              server.withLog(server.log().resolveSibling("server-" + round + ".log")));
      try (GatewayClient _ = stage.client(process, key, plan.patience())) {
        progress.say(
            "kill %d of %d, %d events taken", round, plan.rounds(), receiver.taken().count());
      }
    }
    return process;
  }

  private static boolean absent(int round) {
    return round % ABSENT_EVERY == 0;
  }

  private WebhooksFigures settled(
      ServerProcess process, String key, Receiver receiver, long written)
      throws InterruptedException {
    receiver.behave();
    Progress.Stopwatch time = progress.start();
    int events;
    int lost;
    try (var client = new EventClient(process.grpcPort(), key)) {
      Told told = new Told(client, EventKind.EVENT_KIND_MESSAGE_RECEIVED, plan.patience());
      do {
        Thread.sleep(STEP);
        events = told.read();
        lost = told.missedBy(receiver.taken());
      } while ((events < written || lost > 0) && time.elapsed().compareTo(plan.patience()) < 0);
    }
    double settling = time.elapsed().toMillis() / 1e3;
    return new WebhooksFigures(
        plan,
        machine,
        events,
        lost,
        written,
        receiver.taken(),
        receiver.behaved(),
        receiver.trapped(),
        plan.rounds() / ABSENT_EVERY,
        settling,
        drained(process, key));
  }

  private DrainFigures drained(ServerProcess process, String key) throws InterruptedException {
    if (plan.backlog() == 0) {
      return DrainFigures.none();
    }
    try (GatewayClient gateway = stage.client(process, key, plan.patience())) {
      return new Drain(process, key, plan.patience(), progress)
          .run(gateway, STOPPED, plan.backlog());
    }
  }
}
