package dev.switchboard.whatsapp;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.ConnectionEnd.Lost;
import dev.switchboard.connector.ConnectorEvent;
import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.connector.OutboundMessage;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.instance.ConnectionHealth;
import dev.switchboard.model.instance.Route;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.whatsapp.account.CredentialStore;
import dev.switchboard.whatsapp.account.Credentials;
import dev.switchboard.whatsapp.account.DeviceKeys;
import dev.switchboard.whatsapp.account.PushNameStore;
import dev.switchboard.whatsapp.account.RoutingStore;
import dev.switchboard.whatsapp.appstate.UploadOutcome;
import dev.switchboard.whatsapp.crypto.KeyPair;
import dev.switchboard.whatsapp.health.Heals;
import dev.switchboard.whatsapp.link.Mailbox;
import dev.switchboard.whatsapp.link.NodeLink;
import dev.switchboard.whatsapp.link.Order;
import dev.switchboard.whatsapp.pairing.Introduction;
import dev.switchboard.whatsapp.pairing.Pairing;
import dev.switchboard.whatsapp.session.Endings;
import dev.switchboard.whatsapp.session.Opening;
import dev.switchboard.whatsapp.session.RequestIds;
import dev.switchboard.whatsapp.session.RequestRefused;
import dev.switchboard.whatsapp.session.ServeLoop;
import dev.switchboard.whatsapp.session.SessionEnded;
import dev.switchboard.whatsapp.session.SessionLimits;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.socket.SocketException;
import dev.switchboard.whatsapp.socket.SocketLink;
import dev.switchboard.whatsapp.wire.WireException;
import dev.switchboard.whatsapp.wire.frame.ClientHeader;
import dev.switchboard.whatsapp.wire.noise.CertificateRefusedException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of one account, from dialling to its end. */
final class Connection {
  private static final Logger log = LoggerFactory.getLogger(Connection.class);

  private final AccountKey account;
  private final Engine engine;
  private final ConnectorHost host;
  private final Heals heals;
  private final Mailbox mailbox;
  private final Dialling dialling = new Dialling();

  /** Set while the account is logged in: only then is there something to send with. */
  private volatile @Nullable LinkedAccount linked;

  private volatile @Nullable ServeLoop serving;

  Connection(AccountKey account, Engine engine, ConnectorHost host, Heals heals) {
    this.account = account;
    this.engine = engine;
    this.host = host;
    this.heals = heals;
    SessionLimits limits = engine.config().session();
    this.mailbox = new Mailbox(limits.mailboxBytes(), limits.mailboxOrders());
  }

  /** Blocks until the connection is over. */
  ConnectionEnd run() throws InterruptedException {
    try (SocketLink socket = dial()) {
      Optional<Credentials> credentials = new CredentialStore(host.records()).read();
      if (credentials.isPresent()) {
        login(socket, credentials.get());
      } else {
        pair(socket);
      }
      throw new IllegalStateException("a session ends by an exception only");
    } catch (SessionEnded e) {
      return e.end();
    } catch (SocketException e) {
      return lost(e);
    } catch (CertificateRefusedException e) {
      return new Lost(StateCause.SERVER_NOT_TRUSTED, "certificate: " + e.refusal());
    } catch (WireException e) {
      log.warn("{}: the server broke the protocol: {}", account, e.getMessage());
      return new Lost(StateCause.CONNECTION_LOST, "the server broke the protocol");
    } catch (RequestRefused e) {
      return new Lost(StateCause.SERVICE_UNAVAILABLE, String.valueOf(e.getMessage()));
    } finally {
      mailbox.close().forEach(Order::abandon);
    }
  }

  private SocketLink dial() throws InterruptedException {
    Route route = host.route();
    return dialling.await(() -> engine.dialer().dial(engine.config().target(), route, mailbox));
  }

  /** Hands the message to the session's thread; empty when there is none that could send it. */
  Optional<CompletableFuture<SendOutcome>> send(OutboundMessage message) {
    LinkedAccount account = linked;
    if (account == null) {
      return Optional.empty();
    }
    var order = account.sendOrder(message);
    return mailbox.submit(order) ? Optional.of(order.result()) : Optional.empty();
  }

  /** Hands the wish to be seen typing to the session's thread, if there is one that has room. */
  void typing(Peer to, Duration atMost) {
    LinkedAccount account = linked;
    if (account != null) {
      var _ = mailbox.submit(account.typingOrder(to, atMost));
    }
  }

  /** Has the session's thread look what is wanted of presence; one that begins does so itself. */
  void presenceWished() {
    LinkedAccount account = linked;
    if (account != null) {
      var _ = mailbox.submit(account.presenceWished());
    }
  }

  /** Hands the wish for another name to the session's thread; empty when nothing is connected. */
  Optional<CompletableFuture<UploadOutcome>> rename(String name) {
    LinkedAccount account = linked;
    if (account == null) {
      return Optional.empty();
    }
    var order = account.renameOrder(name);
    return mailbox.submit(order) ? Optional.of(order.result()) : Optional.empty();
  }

  /** Hands the wish to the session's thread; empty when nothing is linked and connected. */
  Optional<CompletableFuture<Void>> unlink() {
    LinkedAccount account = linked;
    if (account == null) {
      return Optional.empty();
    }
    var order = account.unlinkOrder();
    return mailbox.submit(order) ? Optional.of(order.result()) : Optional.empty();
  }

  /** What is known of the connection; empty until it is logged in. */
  Optional<ConnectionHealth> health() {
    return Optional.ofNullable(serving).map(ServeLoop::health);
  }

  void stop() {
    mailbox.stop();
    dialling.stop();
  }

  private void pair(SocketLink socket) throws InterruptedException {
    DeviceKeys keys = DeviceKeys.generate(engine.random());
    StanzaStream stream =
        open(
            socket,
            ClientHeader.plain(),
            keys.noiseKey(),
            Introduction.registration(engine.config().profile(), keys));
    ServeLoop loop = loop(stream, event -> log.info("{}: while pairing: {}", account, event));
    Pairing pairing =
        new Pairing(
            stream,
            host,
            keys,
            engine.config().profile(),
            engine.config().pairing(),
            engine.clock(),
            engine.random());
    try {
      loop.run(pairing);
    } catch (SessionEnded e) {
      throw new SessionEnded(pairing.judge(e.end()));
    }
  }

  private void login(SocketLink socket, Credentials credentials) throws InterruptedException {
    RoutingStore routing = new RoutingStore(host.records());
    StanzaStream stream =
        open(
            socket,
            routing.read().map(ClientHeader::withRouting).orElseGet(ClientHeader::plain),
            credentials.keys().noiseKey(),
            Introduction.login(
                engine.config().profile(), credentials, new PushNameStore(host.records()).read()));
    LinkedAccount served =
        new LinkedAccount(account, engine, host, credentials, stream, heals, mailbox);
    try {
      served.login();
      linked = served;
      host.on(served.loggedIn());
      ServeLoop loop = loop(stream, host::on);
      serving = loop;
      loop.run(served);
    } finally {
      serving = null;
      linked = null;
      served.close();
    }
  }

  private StanzaStream open(
      SocketLink socket, ClientHeader header, KeyPair noiseKey, byte[] payload)
      throws InterruptedException {
    WhatsAppConfig config = engine.config();
    Opening opening =
        new Opening(
            config.session(),
            config.noiseRootKey(),
            config.target().maxFrameBytes(),
            engine.clock(),
            engine.random());
    NodeLink link = opening.open(socket, mailbox, header, noiseKey, payload);
    return new StanzaStream(
        link,
        config.session(),
        new Endings(engine.clock()),
        engine.clock(),
        new RequestIds(engine.random()));
  }

  private ServeLoop loop(StanzaStream stream, Consumer<ConnectorEvent> tell) {
    return new ServeLoop(
        stream, engine.config().session(), engine.clock(), engine.random(), heals, tell);
  }

  private static ConnectionEnd lost(SocketException e) {
    StateCause cause =
        switch (e.reason()) {
          case NOT_TRUSTED -> StateCause.SERVER_NOT_TRUSTED;
          case PROXY_UNAVAILABLE -> StateCause.PROXY_UNAVAILABLE;
          case PROXY_REFUSED -> StateCause.PROXY_REFUSED;
          case UNREACHABLE, BROKEN -> StateCause.CONNECTION_LOST;
        };
    return new Lost(cause, String.valueOf(e.getMessage()));
  }
}
