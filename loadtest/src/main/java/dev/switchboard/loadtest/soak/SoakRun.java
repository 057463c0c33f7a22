package dev.switchboard.loadtest.soak;

import dev.switchboard.api.v1.MessageDirection;
import dev.switchboard.loadtest.client.GatewayClient;
import dev.switchboard.loadtest.measure.Machine;
import dev.switchboard.loadtest.process.ServerProcess;
import dev.switchboard.loadtest.run.Progress;
import dev.switchboard.loadtest.soak.SoakFigures.Verdict;
import dev.switchboard.loadtest.stage.Accounts;
import dev.switchboard.loadtest.stage.Accounts.Linked;
import dev.switchboard.loadtest.stage.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** Lets accounts talk, looks at the server now and then, and counts the messages at the end. */
final class SoakRun {
  /** Files of the journal are short, so that many come and go within the run. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "journal.roll", "minute",
          "outbox.kept-files", "2",
          "outbox.carry-interval", "20 seconds",
          "outbox.carry-patience", "20 seconds",
          "outbox.attempt-limit", "20");

  private static final Duration SETTLING_STEP = Duration.ofSeconds(1);

  private final SoakPlan plan;
  private final Machine machine;
  private final Stage stage;
  private final Progress progress;
  private final Ledger ledger;
  private final List<Sample> samples = new ArrayList<>();

  SoakRun(SoakPlan plan, Machine machine, Stage stage, Progress progress) {
    this.plan = plan;
    this.machine = machine;
    this.stage = stage;
    this.progress = progress;
    this.ledger = new Ledger(plan.allChats(), plan::answered);
  }

  SoakFigures run() throws InterruptedException {
    List<String> people = stage.people(plan.accounts(), true);
    ServerProcess.Plan server = stage.server(SETTINGS);
    progress.say("starting the server");
    try (ServerProcess process = ServerProcess.start(server);
        GatewayClient gateway =
            stage.client(process, process.awaitKey(plan.patience()), plan.patience())) {
      List<Linked> accounts =
          Accounts.link(gateway, stage.sandbox(), plan.accounts(), plan.patience());
      progress.say("%d accounts are linked", accounts.size());
      return talk(gateway, accounts, people, new Sampler(process, server.data(), ledger));
    }
  }

  private SoakFigures talk(
      GatewayClient gateway, List<Linked> accounts, List<String> people, Sampler sampler)
      throws InterruptedException {
    List<PhoneWatch> phones =
        people.stream().map(person -> new PhoneWatch(stage.sandbox(), person, ledger)).toList();
    phones.forEach(PhoneWatch::begin);
    var inbound = new InboundWatch(ledger);
    gateway.watchMessages(inbound);
    var weather = new Weather(stage.sandbox(), accounts, plan.weather(), progress);
    try (weather;
        var traffic = new Traffic(plan, gateway, accounts, people, ledger)) {
      traffic.begin();
      weather.begin();
      watch(sampler);
    }
    settle(inbound);
    Verdict verdict = verdict(gateway, accounts, inbound);
    phones.forEach(PhoneWatch::end);
    return new SoakFigures(plan, machine, samples, verdict, weather.drops(), weather.changes());
  }

  private void watch(Sampler sampler) throws InterruptedException {
    Progress.Stopwatch time = progress.start();
    for (long step = 0; time.elapsed().compareTo(plan.time()) < 0; step++) {
      Sample sample = sampler.take(time.elapsed().toMillis() / 60e3);
      samples.add(sample);
      progress.say(
          "%d messages, heap %.1f MB, RSS %d MB, %d threads, %d files, journal %d MB, %d open",
          sample.accepted(),
          sample.heapBytes() / 1048576.0,
          sample.rssKilobytes() / 1024,
          sample.threads(),
          sample.files(),
          sample.journalKilobytes() / 1024,
          sample.open());
      Duration next = plan.sample().multipliedBy(step + 1).minus(time.elapsed());
      Thread.sleep(next.isPositive() ? next : Duration.ZERO);
    }
  }

  private void settle(InboundWatch inbound) throws InterruptedException {
    progress.say("the traffic has ended, waiting for what is on its way");
    Progress.Stopwatch time = progress.start();
    while ((ledger.lost() > 0 || (ledger.untold() > 0 && !inbound.broken()))
        && time.elapsed().compareTo(plan.patience()) < 0) {
      Thread.sleep(SETTLING_STEP);
    }
  }

  private Verdict verdict(GatewayClient gateway, List<Linked> accounts, InboundWatch inbound)
      throws InterruptedException {
    BitSet[] stored = ledger.newFindings();
    for (Linked account : accounts) {
      for (var message :
          gateway.allMessages(account.instanceId(), MessageDirection.MESSAGE_DIRECTION_INBOUND)) {
        Nonce.in(message.getText().getText()).ifPresent(nonce -> found(stored, nonce));
      }
    }
    long lost =
        ledger.lost() + Math.max(ledger.unanswered(stored), inbound.broken() ? 0 : ledger.untold());
    return new Verdict(
        ledger.count(), ledger.refusals(), lost, ledger.doubles(), !inbound.broken());
  }

  private void found(BitSet[] stored, Nonce nonce) {
    if (stored[nonce.chat()].get(nonce.place())) {
      ledger.doubled();
    }
    stored[nonce.chat()].set(nonce.place());
  }
}
