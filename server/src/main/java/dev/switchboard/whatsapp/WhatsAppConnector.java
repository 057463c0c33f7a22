package dev.switchboard.whatsapp;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.Connector;
import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.connector.OutboundMessage;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.connector.capability.OwnProfile;
import dev.switchboard.connector.capability.PresenceFollowing;
import dev.switchboard.connector.capability.TypingIndicator;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.Reason;
import dev.switchboard.model.instance.ConnectionHealth;
import dev.switchboard.whatsapp.appstate.UploadOutcome;
import dev.switchboard.whatsapp.health.Heals;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The door to one account's connection, if there is one at the moment. */
final class WhatsAppConnector implements Connector, OwnProfile, PresenceFollowing, TypingIndicator {
  private static final Logger log = LoggerFactory.getLogger(WhatsAppConnector.class);

  /** A phone that is online shares its keys within seconds. */
  private static final Duration ASK_AGAIN = Duration.ofSeconds(10);

  private final AccountKey account;
  private final Engine engine;
  private final Heals heals;
  private final AtomicReference<@Nullable Connection> current = new AtomicReference<>();
  private final AtomicBoolean stopAsked = new AtomicBoolean();

  WhatsAppConnector(AccountKey account, Engine engine) {
    this.account = account;
    this.engine = engine;
    this.heals = new Heals(engine.config().session().health());
  }

  @Override
  public ConnectionEnd run(ConnectorHost host) throws InterruptedException {
    Connection connection = new Connection(account, engine, host, heals);
    if (!current.compareAndSet(null, connection)) {
      throw new IllegalStateException("the account is connected already");
    }
    try {
      // Looked at after the connection can be found: a stop finds it, or is seen here.
      return stopAsked.get() ? new ConnectionEnd.Stopped() : connection.run();
    } finally {
      current.set(null);
      stopAsked.set(false);
    }
  }

  @Override
  public SendOutcome send(OutboundMessage message) throws InterruptedException {
    Connection connection = current.get();
    Optional<CompletableFuture<SendOutcome>> result =
        connection == null ? Optional.empty() : connection.send(message);
    if (result.isEmpty()) {
      return new SendOutcome.Retry(engine.config().sending().retryAfter(), "not connected");
    }
    try {
      return result.get().get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof GatewayException own
          ? own
          : new IllegalStateException("an outcome is never another exception", e);
    }
  }

  @Override
  public void typing(Peer to, Duration atMost) {
    Connection connection = current.get();
    if (connection != null) {
      connection.typing(to, atMost);
    }
  }

  @Override
  public void presenceWished() {
    Connection connection = current.get();
    if (connection != null) {
      connection.presenceWished();
    }
  }

  @Override
  public void rename(String pushName) throws InterruptedException {
    Connection connection = current.get();
    Optional<CompletableFuture<UploadOutcome>> done =
        connection == null ? Optional.empty() : connection.rename(pushName);
    switch (await(done.orElseThrow(WhatsAppConnector::notReady))) {
      case UploadOutcome.Done _ -> log.info("{}: has another name now", account);
      case UploadOutcome.Held _ -> throw notYet("the phone has not shared its keys yet");
      case UploadOutcome.GaveUp _ -> throw notYet("what the devices share is not up to date");
      case UploadOutcome.Refused(var code) ->
          throw new GatewayException(
              Reason.NETWORK_REFUSED, "the network refuses the change with code " + code);
      case UploadOutcome.Unknown _ -> throw unknown();
    }
  }

  /** The account's thread may be busy, and the server slow: the caller waits only so long. */
  private UploadOutcome await(CompletableFuture<UploadOutcome> done) throws InterruptedException {
    Duration patience = engine.config().appState().answerTimeout();
    try {
      return done.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw unknown();
    } catch (ExecutionException | CancellationException e) {
      throw notReady();
    }
  }

  @Override
  public void unlink() throws InterruptedException {
    Connection connection = current.get();
    Optional<CompletableFuture<Void>> done =
        connection == null ? Optional.empty() : connection.unlink();
    try {
      done.orElseThrow(WhatsAppConnector::notReady).get();
    } catch (ExecutionException e) {
      throw notReady();
    }
  }

  @Override
  public Optional<ConnectionHealth> health() {
    Connection connection = current.get();
    return connection == null ? Optional.empty() : connection.health();
  }

  @Override
  public void stop() {
    stopAsked.set(true);
    Connection connection = current.get();
    if (connection != null) {
      connection.stop();
    }
  }

  private static GatewayException notYet(String why) {
    return GatewayException.retryable(Reason.INSTANCE_NOT_READY, why, ASK_AGAIN, null);
  }

  private static GatewayException unknown() {
    return GatewayException.retryable(
        Reason.OUTCOME_UNKNOWN,
        "the network did not answer in time; the change may have been made",
        ASK_AGAIN,
        null);
  }

  private static GatewayException notReady() {
    return new GatewayException(Reason.INSTANCE_NOT_READY, "the instance is not connected");
  }
}
