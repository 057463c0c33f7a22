package dev.switchboard.loadtest.webhooks;

import dev.switchboard.api.v1.Event;
import dev.switchboard.api.v1.EventKind;
import dev.switchboard.api.v1.EventSelection;
import dev.switchboard.api.v1.EventStart;
import dev.switchboard.api.v1.ListEventsRequest;
import dev.switchboard.api.v1.ListEventsResponse;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Has people write while the server is killed and the receiver misbehaves, then compares. */
final class WebhooksRun {
  /** The receiver is on this machine, and nobody waits for minutes. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "egress.allowed-networks", "[\"127.0.0.0/8\"]",
          "webhooks.connect-timeout", "1 second",
          "webhooks.timeout", "2 seconds",
          "webhooks.retry-base", "100 milliseconds",
          "webhooks.retry-cap", "2 seconds");

  private static final String WEBHOOK = "receiver";
  private static final int LARGEST_PAGE = 500;
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
      receiver.expect(gateway.createWebhook(WEBHOOK, receiver.url()));
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
    var there = new HashSet<String>();
    var lost = new HashSet<String>();
    try (var client = new EventClient(process.grpcPort(), key)) {
      String cursor = "";
      do {
        Thread.sleep(STEP);
        cursor = readOn(client, cursor, there);
        lost.clear();
        lost.addAll(there);
        lost.removeAll(receiver.taken().ids());
      } while ((there.size() < written || !lost.isEmpty())
          && time.elapsed().compareTo(plan.patience()) < 0);
    }
    return new WebhooksFigures(
        plan,
        machine,
        there.size(),
        lost.size(),
        written,
        receiver.taken(),
        receiver.behaved(),
        receiver.trapped(),
        plan.rounds() / ABSENT_EVERY,
        time.elapsed().toMillis() / 1e3);
  }

  private String readOn(EventClient client, String from, Set<String> ids) {
    String cursor = from;
    ListEventsResponse page;
    do {
      var request =
          ListEventsRequest.newBuilder()
              .setPageSize(LARGEST_PAGE)
              .setSelection(
                  EventSelection.newBuilder().addKinds(EventKind.EVENT_KIND_MESSAGE_RECEIVED));
      if (!cursor.isEmpty()) {
        request.setStart(EventStart.newBuilder().setCursor(cursor));
      }
      page = client.page(request.build(), plan.patience());
      page.getEventsList().stream().map(Event::getEventId).forEach(ids::add);
      cursor = page.getNextCursor();
    } while (page.getMore());
    return cursor;
  }
}
