package dev.switchboard.loadtest.idle;

import dev.switchboard.api.v1.Message;
import dev.switchboard.loadtest.client.Arrivals;
import dev.switchboard.loadtest.client.GatewayClient;
import dev.switchboard.loadtest.client.SandboxClient;
import dev.switchboard.loadtest.client.StateWatch;
import dev.switchboard.loadtest.run.LoadTestException;
import dev.switchboard.loadtest.run.Parallel;
import dev.switchboard.loadtest.run.Progress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Links accounts, and lets each exchange a text with its peers. */
final class Linking {
  private static final int STEPS_TOLD = 20;

  private final IdlePlan plan;
  private final GatewayClient gateway;
  private final SandboxClient sandbox;
  private final List<String> people;
  private final Progress progress;
  private final StateWatch states;
  private final Arrivals arrivals;
  private final AtomicInteger done = new AtomicInteger();

  Linking(
      IdlePlan plan,
      GatewayClient gateway,
      SandboxClient sandbox,
      List<String> people,
      Progress progress)
      throws InterruptedException {
    this.plan = plan;
    this.gateway = gateway;
    this.sandbox = sandbox;
    this.people = people;
    this.progress = progress;
    this.states = gateway.watchStates();
    this.arrivals = gateway.watchArrivals();
    arrivals.awaitBegin(plan.patience());
  }

  /** Links the accounts, some at once, and returns when every answer of their peers has come. */
  void link(List<Account> accounts) throws InterruptedException {
    Parallel.forEach(accounts, plan.parallel(), this::link);
  }

  /** Waits until the accounts are READY. */
  void awaitReady(List<Account> accounts) throws InterruptedException {
    states.awaitReady(accounts.stream().map(Account::instanceId).toList(), plan.patience());
  }

  private void link(Account account) throws InterruptedException {
    gateway.create(account.instanceId());
    gateway.pair(account.instanceId(), code -> sandbox.scan(code, account.owner()));
    awaitReady(List.of(account));
    exchange(account);
    tell(done.incrementAndGet());
  }

  private void exchange(Account account) throws InterruptedException {
    Set<String> expected = new HashSet<>();
    for (String peer : account.peers(people, plan.peers())) {
      String text = "from " + account.instanceId() + " number " + expected.size();
      gateway.send(account.instanceId(), peer, text);
      expected.add(text);
    }
    Set<String> missing = arrivals.await(account.instanceId(), expected, plan.patience());
    if (!missing.isEmpty()) {
      refuse(account, missing);
    }
  }

  /** The stream may have ended while the texts came: what is on record counts. */
  private void refuse(Account account, Set<String> missing) {
    List<Message> messages = gateway.messages(account.instanceId());
    missing.removeAll(Arrivals.textsIn(messages));
    if (!missing.isEmpty()) {
      throw new LoadTestException(
          "%d of %d answers did not come for %s, whose messages are %s"
              .formatted(
                  missing.size(), plan.peers(), account.instanceId(), Arrivals.outcomes(messages)));
    }
  }

  private void tell(int count) {
    int step = Math.max(1, plan.accounts() / STEPS_TOLD);
    if (count % step == 0 || count == plan.accounts()) {
      progress.say(
          "%d of %d accounts linked, each with texts exchanged with %d peers",
          count, plan.accounts(), plan.peers());
    }
  }
}
