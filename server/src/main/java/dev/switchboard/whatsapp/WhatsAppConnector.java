package dev.switchboard.whatsapp;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.Connector;
import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.connector.OutboundMessage;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.instance.ConnectionHealth;
import dev.switchboard.whatsapp.appstate.UploadOutcome;
import dev.switchboard.whatsapp.health.Heals;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The door to one account's connection, if there is one at the moment. */
final class WhatsAppConnector implements Connector {
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

  /**
   * Gives the account's owner another name, on all devices.
   *
   * @throws GatewayException INSTANCE_NOT_READY without a connection
   */
  UploadOutcome rename(String name) throws InterruptedException {
    Connection connection = current.get();
    Optional<CompletableFuture<UploadOutcome>> done =
        connection == null ? Optional.empty() : connection.rename(name);
    try {
      return done.orElseThrow(WhatsAppConnector::notReady).get();
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

  private static GatewayException notReady() {
    return new GatewayException(Reason.INSTANCE_NOT_READY, "the instance is not connected");
  }
}
