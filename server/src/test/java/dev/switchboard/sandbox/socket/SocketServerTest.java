package dev.switchboard.sandbox.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.sandbox.companion.Trust;
import dev.switchboard.testing.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketServerTest {
  private static final HttpRequestHandler NO_REQUESTS = _ -> Optional.of(HttpAnswer.text(404, ""));

  @TempDir Path folder;
  private TlsIdentity identity;
  private HttpClient http;

  @BeforeEach
  void trust() throws IOException, GeneralSecurityException {
    identity = TlsIdentity.openOrCreate(folder, Instant.now());
    http = Trust.in(identity.certificate());
  }

  @Test
  void turnsConnectionsBeyondTheBoundAway() throws IOException {
    var limits = new SocketLimits(2, 1_000, 1_000, 1_000, 1_000);
    try (var server = server(limits, link -> link.receive(Duration.ofSeconds(30)))) {
      WebSocket first = connect(server);
      WebSocket second = connect(server);
      assertThatThrownBy(() -> connect(server)).isInstanceOf(CompletionException.class);
      first.abort();
      second.abort();
    }
  }

  @Test
  void losesNothingOfAClientThatIsFasterThanItsReader() throws IOException, InterruptedException {
    int messages = 2_000;
    var limits = new SocketLimits(10, 1_000, 400_000, 1_000, 1_000);
    var gate = new CountDownLatch(1);
    var read = new AtomicInteger();
    ByteLinkHandler slow =
        link -> {
          gate.await();
          byte[] next = link.receive(Duration.ofSeconds(10));
          while (next != null && next[0] == (byte) read.get()) {
            read.incrementAndGet();
            next = link.receive(Duration.ofSeconds(10));
          }
        };
    try (var server = server(limits, slow)) {
      WebSocket socket = connect(server);
      var sending = socket.sendBinary(ByteBuffer.allocate(900), true);
      for (int i = 1; i < messages; i++) {
        ByteBuffer message = ByteBuffer.allocate(900).put(0, (byte) i);
        sending = sending.thenCompose(open -> open.sendBinary(message, true));
      }
      gate.countDown();
      Eventually.until("all read", () -> read.get() == messages);
      socket.abort();
    }
  }

  @Test
  void refusesAWebsocketMessageBeyondTheBound() throws IOException, InterruptedException {
    var limits = new SocketLimits(10, 1_000, 100_000, 1_000, 1_000);
    var ended = new CountDownLatch(1);
    try (var server =
        server(
            limits,
            link -> {
              assertThat(link.receive(Duration.ofSeconds(10))).isNull();
              ended.countDown();
            })) {
      connect(server).sendBinary(ByteBuffer.wrap(new byte[1_001]), true).join();
      ended.await();
    }
  }

  @Test
  void endsWhenNobodyServesAnyMore() throws IOException {
    var served = new AtomicInteger();
    var server =
        server(
            SocketLimits.DEFAULT,
            link -> {
              served.incrementAndGet();
              var _ = link.receive(Duration.ofSeconds(30));
              served.decrementAndGet();
            });
    WebSocket open = connect(server);
    server.close();
    assertThat(served).hasValue(0);
    open.abort();
  }

  private SocketServer server(SocketLimits limits, ByteLinkHandler links) throws IOException {
    return new SocketServer(0, "/ws", identity, limits, links, NO_REQUESTS);
  }

  private WebSocket connect(SocketServer server) {
    URI address = URI.create("wss://localhost:" + server.port() + "/ws?any=query");
    return http.newWebSocketBuilder().buildAsync(address, new WebSocket.Listener() {}).join();
  }
}
