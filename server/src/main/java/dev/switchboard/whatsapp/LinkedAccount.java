package dev.switchboard.whatsapp;

import dev.switchboard.connector.ConnectorEvent;
import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.connector.OutboundMessage;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.instance.AppStateTrouble;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.AliasBook;
import dev.switchboard.whatsapp.account.Credentials;
import dev.switchboard.whatsapp.appstate.AppState;
import dev.switchboard.whatsapp.device.DeviceDirectory;
import dev.switchboard.whatsapp.device.IdentityChanges;
import dev.switchboard.whatsapp.device.Sessions;
import dev.switchboard.whatsapp.device.Vouching;
import dev.switchboard.whatsapp.health.Heals;
import dev.switchboard.whatsapp.health.MessagePath;
import dev.switchboard.whatsapp.inbound.DeliveryReceipts;
import dev.switchboard.whatsapp.inbound.InboundMessages;
import dev.switchboard.whatsapp.inbound.PhoneMessages;
import dev.switchboard.whatsapp.inbound.ReceiptIntake;
import dev.switchboard.whatsapp.inbound.Receiving;
import dev.switchboard.whatsapp.inbound.SenderNames;
import dev.switchboard.whatsapp.inbound.StanzaNames;
import dev.switchboard.whatsapp.inbound.Undecryptable;
import dev.switchboard.whatsapp.link.Errands;
import dev.switchboard.whatsapp.link.Mailbox;
import dev.switchboard.whatsapp.link.Timed;
import dev.switchboard.whatsapp.login.KeyUpkeep;
import dev.switchboard.whatsapp.login.Login;
import dev.switchboard.whatsapp.login.PreKeySupply;
import dev.switchboard.whatsapp.login.Presence;
import dev.switchboard.whatsapp.media.Downloads;
import dev.switchboard.whatsapp.outbound.PendingAcks;
import dev.switchboard.whatsapp.outbound.SendOrder;
import dev.switchboard.whatsapp.outbound.Sending;
import dev.switchboard.whatsapp.presence.Onlooker;
import dev.switchboard.whatsapp.presence.PresenceOrder;
import dev.switchboard.whatsapp.privacy.PrivacyTokens;
import dev.switchboard.whatsapp.privacy.ReachoutLocks;
import dev.switchboard.whatsapp.retry.RetryAnswers;
import dev.switchboard.whatsapp.retry.RetryLimits;
import dev.switchboard.whatsapp.retry.RetryRequests;
import dev.switchboard.whatsapp.session.Courtesy;
import dev.switchboard.whatsapp.session.Questions;
import dev.switchboard.whatsapp.session.StanzaHandler;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.typing.Composing;
import dev.switchboard.whatsapp.typing.TypingOrder;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.WireException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A linked account while it is connected: knows who deals with which stanza, and nothing else. */
final class LinkedAccount implements StanzaHandler {
  private static final Logger log = LoggerFactory.getLogger(LinkedAccount.class);

  private final AccountKey key;
  private final Engine engine;
  private final AccountState account;
  private final AliasBook aliasBook;
  private final StanzaStream stream;
  private final Login login;
  private final AppState appState;
  private final Sending sending;
  private final PendingAcks pending;
  private final Receiving receiving;
  private final ReceiptIntake receipts;
  private final RetryAnswers answers;
  private final Notifications notifications;
  private final Broadcasts broadcasts;
  private final Probing probing;
  private final Questions questions;
  private final Errands errands;
  private final Composing composing;
  private final Onlooker onlooker;
  private final List<Timed> timed;

  /** Puts the parts together; nothing is said yet. */
  LinkedAccount(
      AccountKey key,
      Engine engine,
      ConnectorHost host,
      Credentials credentials,
      StanzaStream stream,
      Heals heals,
      Mailbox mailbox) {
    WhatsAppConfig config = engine.config();
    this.key = key;
    this.engine = engine;
    this.account = new AccountState(host, credentials);
    this.aliasBook = new AliasBook(account);
    this.stream = stream;
    PreKeySupply supply = new PreKeySupply(account, stream, config.preKeys(), engine.random());
    DeviceDirectory directory =
        new DeviceDirectory(account, stream, engine.clock(), config.sending().deviceListAge());
    IdentityChanges identities = new IdentityChanges(account, host, directory);
    Sessions sessions = new Sessions(account, stream, identities, engine.clock());
    KeyUpkeep upkeep =
        new KeyUpkeep(account, stream, supply, config.preKeys(), engine.clock(), engine.random());
    Presence presence = new Presence(account, stream, config.receiving().activeReceipts());
    this.login = new Login(account, stream, supply, upkeep, presence, engine.clock());
    this.questions = new Questions(stream, engine.clock());
    this.errands = new Errands(mailbox);
    Downloads downloads = new Downloads(host, engine.media(), questions, errands, engine.clock());
    this.appState =
        new AppState(
            account,
            host,
            stream,
            questions,
            downloads,
            sessions,
            presence,
            config.appState(),
            engine.clock(),
            engine.random());
    this.probing =
        new Probing(
            appState,
            new MessagePath(
                config.session().health(), heals, engine.random(), engine.clock().instant()));
    this.pending = new PendingAcks(engine.clock(), config.sending());
    PrivacyTokens tokens = new PrivacyTokens(account, stream, engine.clock());
    ReachoutLocks locks = new ReachoutLocks(stream, host, engine.clock());
    this.sending =
        new Sending(
            account,
            host,
            stream,
            directory,
            sessions,
            pending,
            tokens,
            locks,
            config.sending(),
            engine.random());
    InboundMessages messages = new InboundMessages(key, account, host, engine.clock());
    DeliveryReceipts delivered = new DeliveryReceipts(stream, presence);
    RetryLimits retry = config.receiving().retry();
    RetryRequests requests = new RetryRequests(account, stream, supply, retry, engine.clock());
    this.receiving =
        new Receiving(
            account,
            messages,
            delivered,
            new Undecryptable(messages, requests, delivered),
            new PhoneMessages(account, messages, delivered, appState, tokens, downloads),
            new SenderNames(account, host),
            identities,
            new Vouching(account, sessions),
            engine.clock());
    this.answers =
        new RetryAnswers(
            account, host, stream, directory, sessions, retry, engine.clock(), engine.random());
    this.receipts = new ReceiptIntake(account, host, stream, answers, engine.clock());
    this.notifications =
        new Notifications(
            account, supply, directory, sessions, appState, tokens, locks, engine.clock());
    this.broadcasts =
        new Broadcasts(account, stream, new DirtyBits(account, stream, directory, appState));
    this.composing = new Composing(account, stream, presence, engine.clock());
    this.onlooker = new Onlooker(account, host, stream, presence, tokens, engine.clock());
    this.timed = List.of(upkeep, pending, locks, questions, appState, probing, composing, onlooker);
  }

  TypingOrder typingOrder(Peer to, Duration atMost) {
    return new TypingOrder(composing, to, engine.clock().instant().plus(atMost));
  }

  PresenceOrder presenceWished() {
    return onlooker.wished();
  }

  void login() throws InterruptedException {
    login.run();
    receiving.askAgain();
    appState.everythingIsDue();
    appState.tick(engine.clock().instant());
    // The name is wanted before anybody hears of this device; but not at any price.
    questions.settle(engine.config().appState().loginPatience());
  }

  ConnectorEvent loggedIn() {
    return new ConnectorEvent.LoggedIn(
        account.aliases().peer(account.credentials().jid()).orElseThrow());
  }

  SendOrder sendOrder(OutboundMessage message) {
    return new SendOrder(message, sending, composing, engine.config().sending().retryAfter());
  }

  RenameOrder renameOrder(String name) {
    return new RenameOrder(appState, name);
  }

  UnlinkOrder unlinkOrder() {
    return new UnlinkOrder(stream, account.credentials());
  }

  @Override
  public void handle(Node stanza) throws InterruptedException {
    probing.heard(stanza, engine.clock().instant());
    try {
      dispatch(stanza);
    } catch (WireException e) {
      // Acknowledged all the same: the server would repeat it for ever, and it would not improve.
      log.warn("{}: a {} that cannot be read: {}", key, stanza.tag(), e.getMessage());
      switch (stanza.tag()) {
        case "iq" -> answer(stanza);
        case "ack", "ib" -> log.debug("{}: nobody waits for an answer to it", key);
        default -> stream.send(Courtesy.ack(stanza));
      }
    }
  }

  private void dispatch(Node stanza) throws InterruptedException {
    aliasBook.learn(StanzaNames.of(stanza));
    switch (stanza.tag()) {
      case "message" -> receiving.receive(stanza);
      case "receipt" -> receipts.receive(stanza);
      case "notification" -> {
        notifications.receive(stanza);
        stream.send(Courtesy.ack(stanza));
      }
      case "ack" -> acknowledged(stanza);
      case "ib" -> broadcasts.receive(stanza);
      case "iq" -> answer(stanza);
      case "chatstate", "presence" -> onlooker.receive(stanza);
      case "success" -> log.debug("{}: a {}", key, stanza.tag());
      default -> unknown(stanza);
    }
  }

  /** The first word on an id is about the message itself: copies of it are written later. */
  private void acknowledged(Node ack) throws InterruptedException {
    if (pending.awaits(ack)) {
      sending.acknowledged(ack);
    } else {
      answers.acknowledged(ack);
    }
  }

  private void answer(Node iq) throws InterruptedException {
    if (questions.answered(iq)) {
      return;
    }
    Optional<Node> answer = Courtesy.answer(iq);
    if (answer.isPresent()) {
      stream.send(answer.get());
    }
  }

  /** Calls among them. */
  private void unknown(Node stanza) throws InterruptedException {
    log.info("{}: a {} was acknowledged and not looked at", key, stanza.tag());
    if (stanza.attribute("id").isPresent()) {
      stream.send(Courtesy.ack(stanza));
    }
  }

  @Override
  public void tick(Instant now) throws InterruptedException {
    for (Timed part : timed) {
      part.tick(now);
    }
  }

  @Override
  public Instant unacknowledgedSince() {
    Instant messages = pending.unacknowledgedSince();
    Instant probe = probing.unansweredSince();
    return messages.isBefore(probe) ? messages : probe;
  }

  @Override
  public List<AppStateTrouble> troubles() {
    return appState.troubles();
  }

  @Override
  public Instant deadline() {
    return Timed.earliest(timed);
  }

  /** Gives every message in flight its outcome. */
  void close() {
    errands.close();
    pending.close();
  }
}
