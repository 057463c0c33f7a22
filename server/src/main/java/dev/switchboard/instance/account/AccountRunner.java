package dev.switchboard.instance.account;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.Connector;
import dev.switchboard.connector.capability.PresenceFollowing;
import dev.switchboard.instance.pairing.PairingEvent;
import dev.switchboard.instance.reconnect.Admission;
import dev.switchboard.instance.reconnect.Comeback;
import dev.switchboard.instance.reconnect.Pauses;
import dev.switchboard.instance.reconnect.ReconnectCount;
import dev.switchboard.instance.reconnect.ReconnectPolicy;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.instance.ConnectionHealth;
import dev.switchboard.model.instance.PairingMethod;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one account connected, on the account's own virtual thread, until it is stopped or the
 * network ends it for good.
 */
public final class AccountRunner {
  private static final Logger LOG = LoggerFactory.getLogger(AccountRunner.class);

  /** Who ends the account. */
  enum Stop {
    /** A caller: it is shown as stopped. */
    REQUESTED,
    /** The end of the gateway: it comes back at the next start. */
    GATEWAY_RESTART
  }

  private final AccountKey account;
  private final Connector connector;
  private final AccountHost host;
  private final Admission admission;
  private final Persistence persistence;
  private final ReconnectPolicy policy;
  private final Comeback comeback;
  private final RandomGenerator random;
  private final InstantSource clock;
  private final Comeback.Beginning beginning;
  private final Pauses pauses;
  private final Verdict verdict;
  private final ReconnectCount reconnects;
  private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();
  private final EndOfRun end;
  private volatile boolean over;
  private volatile Admission.@Nullable Ticket ticket;
  private volatile @Nullable Thread thread;

  AccountRunner(
      AccountKey account,
      Connector connector,
      AccountHost host,
      Admission admission,
      ReconnectPolicy policy,
      RandomGenerator random,
      InstantSource clock,
      Comeback comeback,
      Comeback.Beginning beginning) {
    this.account = account;
    this.connector = connector;
    this.host = host;
    this.admission = admission;
    this.persistence = new Persistence(account, policy, random);
    this.policy = policy;
    this.comeback = comeback;
    this.random = random;
    this.clock = clock;
    this.beginning = beginning;
    this.pauses = new Pauses(account, policy.cap(), clock);
    this.verdict = new Verdict(account, host.linking(), pauses, random);
    this.reconnects = new ReconnectCount(clock);
    this.end = new EndOfRun(account);
  }

  /** What is wanted of presence has changed; for an engine that has no such thing, nothing has. */
  public void presenceWished() {
    if (connector instanceof PresenceFollowing following) {
      following.presenceWished();
    }
  }

  /** What its engine can do beside; CAPABILITY_UNSUPPORTED when it cannot. */
  public <C> C capability(Class<C> wanted) {
    if (!wanted.isInstance(connector)) {
      throw new GatewayException(
          Reason.CAPABILITY_UNSUPPORTED,
          "the engine of this instance lacks " + wanted.getSimpleName());
    }
    return wanted.cast(connector);
  }

  /** What is known of its connection; empty while it has none. */
  public Optional<ConnectionHealth> health() {
    return connector.health();
  }

  /** How often it connected again within the last hour. */
  public int reconnects() {
    return reconnects.withinTheHour();
  }

  /** The pairing code that is shown now, if any. */
  public Optional<PairingEvent> shown() {
    return host.linking().shown();
  }

  /** Whether that is how it links the account, if it does. */
  public boolean pairsBy(PairingMethod method) {
    return host.pairingMethod().equals(method);
  }

  /** Asks the network to unlink the account, which ends it. {@link #end} waits for that. */
  void unlink() throws InterruptedException {
    connector.unlink();
  }

  /** Asks the account to end; the first who asks says why. {@link #end} waits for it. */
  void stop(Stop why) {
    stop.compareAndSet(null, why);
    over = true;
    pauses.end();
    Admission.Ticket waiting = ticket;
    if (waiting != null) {
      waiting.cancel();
    }
    stopConnector();
  }

  /** Its route was changed: what goes along the old one ends, and it connects anew at once. */
  public void reroute() {
    verdict.expectReroute();
    stopConnector(); // Before the wait is cut short: the stop would meet the connection after it.
    pauses.cutShort();
  }

  private void stopConnector() {
    try {
      connector.stop();
    } catch (RuntimeException e) {
      LOG.error("{}: its engine could not be stopped", account, e);
    }
  }

  /** Cuts short what it is doing, after it was stopped and took too long. */
  void interrupt() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  /** Whether it has ended or is about to: then only a new runner can connect the account. */
  boolean over() {
    return over;
  }

  /** When the account is no longer run. */
  EndOfRun end() {
    return end;
  }

  /** Connects again and again; returns when it is over. */
  void run() {
    thread = Thread.currentThread();
    try {
      keepConnected();
      Stop why = stop.get();
      if (why != null) {
        persistence.insist(() -> host.stopped(why));
      }
    } catch (InterruptedException e) {
      LOG.warn("{}: was cut short", account);
      Thread.currentThread().interrupt();
    } finally {
      over = true;
      host.disconnected();
    }
  }

  private void keepConnected() throws InterruptedException {
    if (beginning.notBefore() != null) {
      pauses.keepUntil(beginning.notBefore());
    }
    boolean spread = beginning.spread();
    while (!over) {
      ConnectionEnd end = verdict.of(connectOnce(spread));
      spread = false;
      int bans = comeback.bans();
      Optional<Instant> next = comeback.after(end, host.workedFor(policy.stableAfter()));
      if (comeback.bans() != bans) {
        persistence.insist(() -> host.countBans(comeback.bans()));
      }
      if (next.isEmpty()) {
        over = true;
      }
      persistence.insist(() -> host.ended(end));
      if (!over && next.isPresent()) {
        rest(end, next.get());
        reconnects.add();
      }
    }
  }

  /** A refusal has nothing to do with the route: its time is kept. */
  private void rest(ConnectionEnd end, Instant due) throws InterruptedException {
    if (end instanceof ConnectionEnd.Refused) {
      pauses.keepUntil(due);
    } else {
      pauses.waitUntil(due);
    }
  }

  private ConnectionEnd connectOnce(boolean spread) throws InterruptedException {
    try (Admission.Ticket admitted = admission.request()) {
      ticket = admitted;
      if (!over) { // Looked at after the ticket is shown: a stop finds it there, or is seen here.
        admitted.await();
      }
      if (spread && !over) {
        pauses.keepUntil(clock.instant().plus(policy.delay(1, random)));
      }
      if (over) {
        return new ConnectionEnd.Stopped();
      }
      host.connecting(admitted);
      return connector.run(host);
    } catch (GatewayException e) {
      return verdict.ofFailure(e);
    } catch (RuntimeException | Error e) { // One account's defect must not end its thread unseen.
      return verdict.ofDefect(e);
    } finally {
      ticket = null;
    }
  }
}
