package dev.switchboard.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.Connector;
import dev.switchboard.connector.ConnectorEvent;
import dev.switchboard.connector.OutboundMessage;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.Peer;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.whatsapp.socket.SocketLoops;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One account of the engine, run as the gateway runs it, with blocking calls for tests. */
final class EngineDriver implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long PATIENCE_SECONDS = 45;

  final MemoryHost host = new MemoryHost();
  final Connector connector;
  final BlockingQueue<ConnectionEnd> ends = new LinkedBlockingQueue<>();
  private Thread runner = Thread.ofVirtual().unstarted(() -> {});

  EngineDriver(String name, WhatsAppConfig config, SocketLoops loops) {
    connector =
        new WhatsAppConnectorFactory(config, loops, InstantSource.system(), RANDOM)
            .connector(new AccountKey(TenantId.DEFAULT, new InstanceId(name)));
  }

  /** Runs connections one after the other for as long as the network asks for another at once. */
  void start() {
    ends.clear(); // That of the connection before, or who waits for this one takes it for its end.
    runner = Thread.ofVirtual().start(this::run);
  }

  private void run() {
    try {
      ConnectionEnd end = connector.run(host);
      while (end instanceof ConnectionEnd.Reconnect) {
        end = connector.run(host);
      }
      ends.add(end);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  ConnectorEvent.QrShown awaitQr() throws InterruptedException {
    return await(ConnectorEvent.QrShown.class);
  }

  ConnectorEvent.CodeShown awaitCode() throws InterruptedException {
    return await(ConnectorEvent.CodeShown.class);
  }

  Peer awaitPaired() throws InterruptedException {
    return await(ConnectorEvent.Paired.class).own();
  }

  Peer awaitLoggedIn() throws InterruptedException {
    return await(ConnectorEvent.LoggedIn.class).own();
  }

  StateCause awaitDegraded() throws InterruptedException {
    return await(ConnectorEvent.Degraded.class).cause();
  }

  void awaitRecovered() throws InterruptedException {
    var _ = await(ConnectorEvent.Recovered.class);
  }

  ConnectionEnd awaitEnd() throws InterruptedException {
    ConnectionEnd end = ends.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(end).as("the connection's end").isNotNull();
    return end;
  }

  Message awaitMessage() throws InterruptedException {
    Message message = host.messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(message).as("a message").isNotNull();
    return message;
  }

  SendOutcome send(Peer to, String text) throws InterruptedException {
    OutboundMessage message = text(to, text);
    host.outbound.put(message.id(), message);
    return connector.send(message);
  }

  static OutboundMessage text(Peer to, String text) {
    byte[] id = new byte[9];
    RANDOM.nextBytes(id);
    return new OutboundMessage(
        new MessageId("3EB0" + HexFormat.of().withUpperCase().formatHex(id)),
        to,
        MessageContent.Text.outbound(text),
        Instant.now(),
        1);
  }

  void stop() throws InterruptedException {
    connector.stop();
    runner.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
  }

  @Override
  public void close() {
    try {
      stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private <T extends ConnectorEvent> T await(Class<T> kind) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < deadline) {
      ConnectorEvent event = host.events.poll(1, TimeUnit.SECONDS);
      if (kind.isInstance(event)) {
        return kind.cast(event);
      }
      ConnectionEnd end = ends.peek();
      assertThat(end).as("waiting for " + kind.getSimpleName()).isNull();
    }
    throw new AssertionError("no " + kind.getSimpleName() + " in time");
  }
}
