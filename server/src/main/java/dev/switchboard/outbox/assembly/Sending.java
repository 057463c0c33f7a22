package dev.switchboard.outbox.assembly;

import dev.switchboard.history.History;
import dev.switchboard.journal.Journal;
import dev.switchboard.outbox.Backlog;
import dev.switchboard.outbox.Bulks;
import dev.switchboard.outbox.Departures;
import dev.switchboard.outbox.Expiries;
import dev.switchboard.outbox.MessageIds;
import dev.switchboard.outbox.Outbox;
import dev.switchboard.outbox.Plans;
import dev.switchboard.outbox.RequestWindow;
import dev.switchboard.outbox.RestoredRequests;
import dev.switchboard.outbox.StoredRequests;
import dev.switchboard.outbox.Waits;
import dev.switchboard.outbox.carry.Carrier;
import dev.switchboard.outbox.control.QueueControl;
import dev.switchboard.outbox.dispatch.Dispatcher;
import dev.switchboard.outbox.dispatch.Follower;
import dev.switchboard.outbox.queue.Ledger;
import dev.switchboard.outbox.sender.SendRules;
import dev.switchboard.outbox.sender.Senders;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * All through which outbound messages go, put together over one journal. When it is open,
 * everything is known again that was open before the start.
 */
public final class Sending implements AutoCloseable {
  private final Ledger ledger;
  private final Dispatcher dispatcher;
  private final Senders senders;
  private final Expiries expiries;
  private final Carrier carrier;
  private final Outbox outbox;
  private final Bulks bulks;
  private final Departures departures;
  private final QueueControl control;

  /** What sending needs of storage. */
  public record Stored(
      Backlog backlog,
      LongSupplier projected,
      Departures.AttemptLog attempts,
      List<Follower> followers,
      History history,
      StoredRequests requests,
      SendRules rules) {
    public Stored {
      followers = List.copyOf(followers);
    }
  }

  /** Opens it; returns when the journal was read. */
  public Sending(
      SendingConfig config,
      Journal journal,
      Stored stored,
      InstantSource clock,
      SecureRandom random)
      throws InterruptedException {
    ledger = new Ledger(random);
    RequestWindow requests = remembered(config, stored.requests(), clock);
    Waits waits = new Waits(config.limits().waits(), account -> ledger.of(account).unlinked());
    expiries = new Expiries(journal, ledger, clock);
    List<Follower> followers = new ArrayList<>(stored.followers());
    followers.addAll(List.of(waits, expiries, new RestoredRequests(requests)));
    dispatcher = new Dispatcher(journal, ledger, followers);
    senders = new Senders(ledger, journal, stored.rules(), config.policy(), clock);
    outbox =
        new Outbox(
            journal,
            ledger,
            new Followed(dispatcher, stored.backlog()),
            requests,
            waits,
            new MessageIds(clock, random),
            clock,
            config.limits(),
            new Plans(journal, ledger, senders, stored.rules()));
    bulks = new Bulks(journal, outbox, requests);
    departures =
        new Departures(
            journal,
            ledger,
            dispatcher,
            senders,
            stored.attempts(),
            stored.backlog(),
            stored.history(),
            clock);
    control =
        new QueueControl(journal, ledger, dispatcher, senders, outbox, stored.history(), clock);
    carrier = new Carrier(journal, ledger, dispatcher, stored.projected(), config.carry(), clock);
    dispatcher.awaitReplayed();
    expiries.start();
    carrier.start();
  }

  /** Nothing is accepted that nobody would hear of. */
  private record Followed(Dispatcher dispatcher, Backlog stored) implements Backlog {
    @Override
    public void admit() {
      dispatcher.requireWorking();
      stored.admit();
    }

    @Override
    public void awaitStored(long position) throws InterruptedException {
      stored.awaitStored(position);
    }
  }

  /** Before the journal is read: that tells of the newest. */
  private static RequestWindow remembered(
      SendingConfig config, StoredRequests stored, InstantSource clock) {
    int limit = config.limits().requests();
    RequestWindow window = new RequestWindow(clock, limit);
    stored.forEachNewest(
        clock.instant().minus(RequestWindow.LENGTH),
        limit,
        it -> window.restore(it.tenant(), it.request(), it.answer()));
    return window;
  }

  public Outbox outbox() {
    return outbox;
  }

  public Bulks bulks() {
    return bulks;
  }

  public Departures departures() {
    return departures;
  }

  public QueueControl control() {
    return control;
  }

  public Senders senders() {
    return senders;
  }

  public Ledger ledger() {
    return ledger;
  }

  public Carrier carrier() {
    return carrier;
  }

  public Dispatcher dispatcher() {
    return dispatcher;
  }

  public Expiries expiries() {
    return expiries;
  }

  /** Lets the messages that are on their way finish. */
  public void drain(Duration atMost) throws InterruptedException {
    senders.drain(atMost);
  }

  @Override
  public void close() {
    carrier.close();
    expiries.close();
    dispatcher.close();
  }
}
