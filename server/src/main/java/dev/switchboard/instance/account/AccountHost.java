package dev.switchboard.instance.account;

import dev.switchboard.connector.AccountRecords;
import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.Connector;
import dev.switchboard.connector.ConnectorEvent;
import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.connector.NamedPeer;
import dev.switchboard.connector.OutboundMessage;
import dev.switchboard.connector.Receipt;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.instance.pairing.PairingEvent;
import dev.switchboard.instance.reconnect.Admission;
import dev.switchboard.instance.state.Transition;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.Reason;
import dev.switchboard.model.contact.ChatState;
import dev.switchboard.model.contact.Presence;
import dev.switchboard.model.contact.PresenceWish;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.PairingMethod;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.instance.Route;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The gateway's side of one account's engine; used on the account's thread only. */
final class AccountHost implements ConnectorHost {
  private final AccountParts parts;
  private final AccountKey account;
  private final Connector connector;
  private final AccountRecords records;
  private final Linking linking;
  private final CurrentConnection connection;
  private Transition now;
  private @Nullable ReachoutLock reachoutLock;

  AccountHost(AccountParts parts, Instance instance, Connector connector, PairingMethod method) {
    this.parts = parts;
    this.account = instance.key();
    this.connector = connector;
    this.records = parts.instances().records(account);
    this.linking = new Linking(instance, method, parts.instances(), parts.pairings());
    this.connection = new CurrentConnection(parts.clock());
    this.now = Transition.of(instance);
    this.reachoutLock = instance.reachoutLock();
  }

  @Override
  public AccountRecords records() {
    return records;
  }

  @Override
  public Route route() {
    Instance now =
        parts
            .instances()
            .find(account)
            .orElseThrow(
                () -> new GatewayException(Reason.INSTANCE_NOT_FOUND, "the instance was deleted"));
    parts.routes().require(now.network(), now.route());
    return now.route();
  }

  @Override
  public PairingMethod pairingMethod() {
    return linking.method();
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
      case ConnectorEvent.Degraded degraded -> connection.works(degraded.messagesFlow());
      case ConnectorEvent.Recovered ignored -> connection.works(true);
    }
    move(Transition.of(event));
  }

  @Override
  public void attempted(MessageId id, List<RecordChange> changes) {
    uninterrupted(() -> {
      parts.departures().attempted(account, id, changes);
      return true;
    });
  }

  @Override
  public Optional<OutboundMessage> written(Peer chat, MessageId id) {
    return uninterrupted(() -> parts.departures().written(account, chat, id));
  }

  private interface Interruptible<T> {
    T run() throws InterruptedException;
  }

  /** An account that is interrupted is ending: what it was about to do did not happen. */
  private static <T> T uninterrupted(Interruptible<T> change) {
    try {
      return change.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GatewayException(Reason.SHUTTING_DOWN, "the account is being stopped", e);
    }
  }

  @Override
  public void received(Message message, List<RecordChange> changes) {
    var _ = parts.inbox().receive(message, changes);
    parts.departures().heard(account, message.chat());
  }

  @Override
  public void reachoutLock(@Nullable ReachoutLock lock) {
    boolean same =
        lock == null
            ? reachoutLock == null
            : reachoutLock != null && Objects.equals(lock.until(), reachoutLock.until());
    if (!same) {
      parts.states().lockReachout(account, lock);
      reachoutLock = lock;
      parts.senders().rulesChanged(account);
    }
  }

  @Override
  public Optional<ReachoutLock> reachoutLock() {
    return Optional.ofNullable(reachoutLock);
  }

  @Override
  public void receipt(Receipt receipt) {
    uninterrupted(() -> {
      parts.departures().receipt(account, receipt);
      return true;
    });
  }

  @Override
  public void merged(List<Peer> people, boolean historical, List<RecordChange> changes) {
    parts.contacts().merged(account, people, historical, changes);
    parts.departures().merged(account, people);
  }

  @Override
  public void identityChanged(Peer person, Instant at, List<RecordChange> changes) {
    parts.contacts().identityChanged(account, person, at, changes);
  }

  @Override
  public void named(List<NamedPeer> people, boolean historical, List<RecordChange> changes) {
    parts.contacts().named(account, people, historical, changes);
  }

  @Override
  public PresenceWish presenceWish() {
    return parts.presences().wish(account);
  }

  @Override
  public boolean presence(Peer person, Presence presence) {
    return parts.presences().tell(account, person, presence);
  }

  @Override
  public void chatState(Peer chat, ChatState state) {
    parts.contacts().chatState(account, chat, state);
  }

  /** Who the account is linked to, and how. */
  Linking linking() {
    return linking;
  }

  /** A connection is about to be made; the ticket is given back when it is logged in. */
  void connecting(Admission.Ticket admitted) {
    connection.begins(admitted);
  }

  /** Whether the connection that was made last worked to its end, and for at least so long. */
  boolean workedFor(Duration atLeast) {
    return connection.workedFor(atLeast);
  }

  void countBans(int inARow) {
    parts.instances().countBans(account, inARow);
  }

  /** Lets go of what needs the connection. */
  void disconnected() {
    linking.hide();
    parts.senders().disconnected(account);
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
      linking.failed(Transition.of(end).orElse(Transition.to(now.to(), StateCause.REQUESTED)));
    }
  }

  private void show(PairingEvent event) {
    connection.givePlaceBack(); // Waiting for a person must not keep others from logging in.
    linking.show(event);
  }

  /** The queue is open before anybody can see that the account is linked. */
  private void paired(Peer own) {
    uninterrupted(() -> {
      parts.departures().linked(account);
      return true;
    });
    linking.paired(own);
  }

  private void loggedIn(Peer own) {
    connection.givePlaceBack();
    connection.works(true);
    linking.loggedIn(own);
    parts.senders().connected(account, connector);
  }

  private void loggedOut(ConnectionEnd.LoggedOut out) throws InterruptedException {
    linking.undone();
    reachoutLock = null; // Gone with the link.
    parts.departures().unlinked(account, new Failure(FailureCause.LOGGED_OUT, out.cause().name()));
  }

  /** Stores and tells where the account is now. */
  private void move(Transition next) {
    parts.states().move(account, now, next);
    now = next;
  }

  /** It was stopped, and nothing connects it any more. */
  void stopped(AccountRunner.Stop why) {
    Optional<Transition> next =
        switch (why) {
          case REQUESTED -> Transition.whenStopped(now.to());
          case GATEWAY_RESTART -> Transition.whenRestarted(now.to(), linking.linked());
        };
    next.ifPresent(this::move);
  }
}
