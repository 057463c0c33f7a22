package dev.switchboard.instance;

import dev.switchboard.connector.AccountRecords;
import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.Connector;
import dev.switchboard.connector.ConnectorEvent;
import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.connector.NamedPeer;
import dev.switchboard.connector.OutboundMessage;
import dev.switchboard.connector.Receipt;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.contact.Contacts;
import dev.switchboard.inbox.Feed;
import dev.switchboard.inbox.Inbox;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.Reason;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.PairingMethod;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.instance.Route;
import dev.switchboard.model.instance.RoutePolicy;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.outbox.OutboxStore;
import dev.switchboard.outbox.Senders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The gateway's side of one account's engine; used on the account's thread only. */
final class AccountHost implements ConnectorHost {
  /** What every account's host works with. */
  record Parts(
      InstanceStore instances,
      StateFeed states,
      Feed<PairingEvent> pairings,
      OutboxStore outbox,
      Senders senders,
      Inbox inbox,
      Contacts contacts,
      InstantSource clock,
      RoutePolicy routes) {}

  private final Parts parts;
  private final AccountKey account;
  private final Connector connector;
  private final PairingMethod method;
  private final AccountRecords records;
  private Transition now;
  private Admission.@Nullable Ticket ticket;
  private @Nullable Instant worksSince;
  private boolean linked;
  private boolean pairing;
  private volatile @Nullable PairingEvent shown;

  AccountHost(Parts parts, Instance instance, Connector connector, PairingMethod method) {
    this.parts = parts;
    this.account = instance.key();
    this.connector = connector;
    this.method = method;
    this.records = parts.instances.records(account);
    this.now = Transition.of(instance);
    this.linked = instance.linked();
    this.pairing = !linked;
  }

  @Override
  public AccountRecords records() {
    return records;
  }

  @Override
  public Route route() {
    Instance now =
        parts
            .instances
            .find(account)
            .orElseThrow(
                () -> new GatewayException(Reason.INSTANCE_NOT_FOUND, "the instance was deleted"));
    parts.routes.require(now.network(), now.route());
    return now.route();
  }

  @Override
  public PairingMethod pairingMethod() {
    return method;
  }

  @Override
  public void on(ConnectorEvent event) {
    switch (event) {
      case ConnectorEvent.QrShown qr ->
          show(new PairingEvent.Qr(account, qr.text(), qr.expiresAt()));
      case ConnectorEvent.CodeShown code ->
          show(new PairingEvent.Code(account, code.text(), code.expiresAt()));
      case ConnectorEvent.Paired paired -> paired(paired.own());
      case ConnectorEvent.LoggedIn loggedIn -> loggedIn(loggedIn.own());
      case ConnectorEvent.Degraded ignored -> worksSince = null;
      case ConnectorEvent.Recovered ignored -> worksSince = parts.clock.instant();
    }
    move(Transition.of(event));
  }

  @Override
  public void attempted(MessageId id, List<RecordChange> changes) {
    parts.outbox.attempted(account, id, changes);
  }

  @Override
  public Optional<OutboundMessage> written(Peer chat, MessageId id) {
    return parts
        .outbox
        .written(account, chat, id)
        .map(found -> outbound(found.message(), found.attempts()));
  }

  private static OutboundMessage outbound(Message message, int attempts) {
    return new OutboundMessage(
        message.id(), message.chat(), message.content(), message.occurredAt(), attempts);
  }

  @Override
  public void received(Message message, List<RecordChange> changes) {
    parts.inbox.receive(message, changes);
  }

  @Override
  public void reachoutLock(@Nullable ReachoutLock lock) {
    parts.instances.lockReachout(account, lock);
  }

  @Override
  public void receipt(Receipt receipt) {
    parts.inbox.receipt(account, receipt);
  }

  @Override
  public void merged(List<Peer> people, List<RecordChange> changes) {
    parts.contacts.merged(account, people, changes);
  }

  @Override
  public void identityChanged(Peer person, Instant at, List<RecordChange> changes) {
    parts.contacts.identityChanged(account, person, at, changes);
  }

  @Override
  public void named(List<NamedPeer> people, List<RecordChange> changes) {
    parts.contacts.named(account, people, changes);
  }

  /** The pairing code that is shown now, if any; may be asked by any thread. */
  Optional<PairingEvent> shown() {
    return Optional.ofNullable(shown);
  }

  /** A connection is about to be made; the ticket is given back when it is logged in. */
  void connecting(Admission.Ticket admitted) {
    ticket = admitted;
    worksSince = null;
  }

  /** Whether the connection that was made last worked to its end, and for at least so long. */
  boolean workedFor(Duration atLeast) {
    return worksSince != null && !parts.clock.instant().isBefore(worksSince.plus(atLeast));
  }

  /** Whether the account is linked, and so worth connecting again. */
  boolean linked() {
    return linked;
  }

  /** Lets go of what needs the connection. */
  void disconnected() {
    shown = null;
    parts.senders.disconnected(account);
  }

  void ended(ConnectionEnd end) throws InterruptedException {
    disconnected();
    if (end instanceof ConnectionEnd.LoggedOut out) {
      loggedOut(out);
    }
    Transition.of(end).ifPresent(this::move);
    tellPairing(end);
  }

  /** Whoever waits for this account to be linked is told, unless it goes on. */
  private void tellPairing(ConnectionEnd end) {
    boolean goesOn = end instanceof ConnectionEnd.Reconnect || end instanceof ConnectionEnd.Lost;
    if (!goesOn) {
      Transition shown = Transition.of(end).orElse(Transition.to(now.to(), StateCause.REQUESTED));
      parts.pairings.publish(new PairingEvent.Failed(account, shown.cause(), shown.detail()));
    }
  }

  private void show(PairingEvent event) {
    releaseTicket(); // Waiting for a person must not keep other accounts from logging in.
    shown = event;
    parts.pairings.publish(event);
  }

  private void paired(Peer own) {
    linked = true; // The engine holds credentials now, whatever becomes of the next lines.
    shown = null;
    link(own);
  }

  /** Stores who the account is; a pairing that storage could not take in is settled at login. */
  private void link(Peer own) {
    parts.instances.link(account, own);
    if (pairing) {
      parts.instances.want(account, true);
      pairing = false;
      parts.pairings.publish(new PairingEvent.Paired(account, own));
    }
  }

  private void loggedIn(Peer own) {
    releaseTicket();
    worksSince = parts.clock.instant();
    linked = true;
    link(own);
    parts.senders.connected(account, connector);
  }

  private void loggedOut(ConnectionEnd.LoggedOut out) throws InterruptedException {
    linked = false;
    parts.instances.link(account, null);
    parts.senders.loggedOut(account, new Failure(FailureCause.LOGGED_OUT, out.cause().name()));
  }

  /** Stores and tells where the account is now. */
  private void move(Transition next) {
    parts.states.move(account, now, next);
    now = next;
  }

  /** It was stopped, and nothing connects it any more. */
  void stopped(AccountRunner.Stop why) {
    Optional<Transition> next =
        switch (why) {
          case REQUESTED -> Transition.whenStopped(now.to());
          case GATEWAY_RESTART -> Transition.whenRestarted(now.to(), linked);
        };
    next.ifPresent(this::move);
  }

  private void releaseTicket() {
    if (ticket != null) {
      ticket.close();
      ticket = null;
    }
  }
}
