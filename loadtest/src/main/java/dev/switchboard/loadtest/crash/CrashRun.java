package dev.switchboard.loadtest.crash;

import dev.switchboard.api.v1.Message;
import dev.switchboard.loadtest.client.GatewayClient;
import dev.switchboard.loadtest.crash.Verdict.Seen;
import dev.switchboard.loadtest.events.EventReaders;
import dev.switchboard.loadtest.events.EventVerdict;
import dev.switchboard.loadtest.events.Outcomes;
import dev.switchboard.loadtest.measure.Machine;
import dev.switchboard.loadtest.process.ServerProcess;
import dev.switchboard.loadtest.run.Progress;
import dev.switchboard.loadtest.stage.Accounts;
import dev.switchboard.loadtest.stage.Accounts.Linked;
import dev.switchboard.loadtest.stage.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lets callers send while something is killed, waits for the end of all messages, and compares. */
final class CrashRun {
  /** What limits nothing but this test: it sends as fast as rounds go by. */
  private static final Map<String, String> SETTINGS = Map.of("outbox.attempt-limit", "20");

  private static final int MISSING_TOLD = 20;

  private final CrashPlan plan;
  private final Machine machine;
  private final Stage stage;
  private final Progress progress;
  private final Answers answers = new Answers();
  private final Caller.Target target = new Caller.Target();
  private final Semaphore permits = new Semaphore(0);
  private final Repeats repeats = new Repeats();

  CrashRun(CrashPlan plan, Machine machine, Stage stage, Progress progress) {
    this.plan = plan;
    this.machine = machine;
    this.stage = stage;
    this.progress = progress;
  }

  CrashFigures run() throws InterruptedException {
    List<String> people = stage.people(plan.accounts(), true);
    progress.say("starting the server");
    Linking linked = link(stage.server(settings()));
    progress.say("%d accounts are linked", linked.accounts().size());
    if (!plan.fillDisk()) {
      return run(linked, people, null);
    }
    linked.process().close();
    try (var disk = JournalDisk.below(linked.server(), repeats, progress)) {
      ServerProcess.Plan server = disk.holding(linked.server());
      return run(linked.startedAs(server), people, disk);
    }
  }

  private Map<String, String> settings() {
    var settings = new HashMap<>(SETTINGS);
    if (plan.fillDisk()) {
      settings.put("journal.reserved-space", JournalDisk.RESERVED);
    }
    return settings;
  }

  /** A server and the accounts that it has. */
  private record Linking(
      ServerProcess.Plan server, ServerProcess process, String key, List<Linked> accounts) {
    Linking startedAs(ServerProcess.Plan other) {
      return new Linking(other, ServerProcess.start(other), key, accounts);
    }
  }

  private Linking link(ServerProcess.Plan server) throws InterruptedException {
    ServerProcess process = ServerProcess.start(server);
    try {
      String key = process.awaitKey(plan.patience());
      try (GatewayClient gateway = stage.client(process, key, plan.patience())) {
        List<Linked> accounts =
            Accounts.link(gateway, stage.sandbox(), plan.accounts(), plan.patience());
        return new Linking(server, process, key, accounts);
      }
    } catch (InterruptedException | RuntimeException e) {
      process.close();
      throw e;
    }
  }

  private CrashFigures run(Linking linked, List<String> people, @Nullable JournalDisk disk)
      throws InterruptedException {
    List<Linked> accounts = linked.accounts();
    var lives =
        new Lives(
            plan,
            stage,
            linked.server(),
            disk,
            linked.key(),
            linked.process(),
            accounts.stream().map(Linked::instanceId).toList(),
            target,
            answers,
            progress);
    if (plan.lateAcknowledgements() > 0) {
      stage.sandbox().delayAcknowledgements(plan.lateAcknowledgements());
    }
    try (var readers = EventReaders.start(plan.readers(), () -> target.await().eventReader());
        var traffic = Traffic.start(plan, accounts, people, this::caller)) {
      lives.endManyTimes(permits);
      permits.release(plan.total());
      traffic.await();
      progress.say("all %d messages are accepted, waiting for their outcomes", answers.count());
      return compared(lives, accounts, people, disk == null ? 0 : disk.fills(), readers);
    } finally {
      lives.close();
    }
  }

  private Caller caller() {
    return new Caller(target, answers, permits, repeats);
  }

  private CrashFigures compared(
      Lives lives, List<Linked> accounts, List<String> people, int fills, EventReaders readers)
      throws InterruptedException {
    Progress.Stopwatch time = progress.start();
    var settling = new Settling(lives.gateway(), accounts, progress);
    Map<String, Message> outcomes = settling.await(plan.patience());
    long settled = time.elapsed().toMillis();
    EventVerdict told = told(readers, settling);
    List<Seen> seen = seen(people);
    Verdict verdict = Verdict.of(answers, seen);
    return new CrashFigures(
        plan,
        machine,
        verdict,
        told,
        lives.ended(),
        lives.recoveries(),
        repeats.all(),
        fills,
        Settling.statuses(outcomes.values()),
        settled,
        missing(seen, outcomes));
  }

  private EventVerdict told(EventReaders readers, Settling settling) throws InterruptedException {
    if (plan.readers() == 0) {
      return EventVerdict.none();
    }
    progress.say("the readers of events are compared with what there is");
    var outcomes =
        new Outcomes(
            text -> Nonce.in(text).map(nonce -> new Outcomes.Place(nonce.chat(), nonce.place())));
    return readers.compare(outcomes, () -> settling.all().values(), plan.patience());
  }

  private List<Seen> seen(List<String> people) {
    var seen = new ArrayList<Seen>();
    for (String person : people) {
      for (var message : stage.sandbox().received(person)) {
        Nonce.in(message.getText())
            .map(nonce ->
                new Seen(
                    nonce, message.getMessageId(), message.getSequence(), message.getRepeatCount()))
            .ifPresent(seen::add);
      }
    }
    return seen;
  }

  private List<String> missing(List<Seen> seen, Map<String, Message> outcomes) {
    Set<Nonce> arrived = seen.stream().map(Seen::nonce).collect(Collectors.toSet());
    var lost = new HashMap<>(answers.ids());
    lost.keySet().removeAll(arrived);
    return lost.entrySet().stream()
        .limit(MISSING_TOLD)
        .map(entry ->
            entry.getKey() + " " + entry.getValue() + " " + told(outcomes.get(entry.getValue())))
        .toList();
  }

  private static String told(@Nullable Message message) {
    return message == null
        ? "not in the history"
        : message.getStatus() + " " + message.getFailure().getCause();
  }
}
