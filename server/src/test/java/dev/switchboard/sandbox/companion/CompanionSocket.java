package dev.switchboard.sandbox.companion;

import dev.switchboard.sandbox.Sandbox;
import dev.switchboard.whatsapp.crypto.KeyPair;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.codec.NodeDecoder;
import dev.switchboard.whatsapp.wire.codec.NodeEncoder;
import dev.switchboard.whatsapp.wire.frame.ClientHeader;
import dev.switchboard.whatsapp.wire.frame.FrameReader;
import dev.switchboard.whatsapp.wire.frame.FrameWriter;
import dev.switchboard.whatsapp.wire.noise.ClientHandshake;
import dev.switchboard.whatsapp.wire.noise.NoiseTransport;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Stanzas over Noise over a websocket, for one thread. */
public final class CompanionSocket implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 10;
  private static final byte[] END = {};

  private final BlockingQueue<byte[]> arrived = new LinkedBlockingQueue<>();
  private final FrameReader reader = FrameReader.ofClient(FrameReader.MAXIMUM_FRAME_BYTES);
  private final FrameWriter writer = FrameWriter.ofClient(ClientHeader.plain());
  private final Deque<byte[]> frames = new ArrayDeque<>();
  private final WebSocket socket;
  private final NoiseTransport transport;

  private CompanionSocket(HttpClient http, Sandbox sandbox, KeyPair noise, byte[] payload) {
    URI address = URI.create("wss://localhost:" + sandbox.port() + "/ws/chat");
    socket = http.newWebSocketBuilder().buildAsync(address, new Listener()).join();
    var handshake =
        new ClientHandshake(
            noise, sandbox.noiseRootKey(), InstantSource.system(), new SecureRandom());
    sendFrame(handshake.hello());
    byte[] hello = frame().orElseThrow();
    var finished = handshake.finish(hello, payload);
    transport = finished.transport();
    sendFrame(finished.message());
  }

  public static CompanionSocket open(
      HttpClient http, Sandbox sandbox, KeyPair noise, byte[] payload) {
    return new CompanionSocket(http, sandbox, noise, payload);
  }

  public void send(Node node) {
    sendFrame(transport.encrypt(NodeEncoder.encode(node)));
  }

  /** Sends a frame as it is. */
  public void sendFrame(byte[] frame) {
    socket.sendBinary(ByteBuffer.wrap(writer.write(frame)), true).join();
  }

  /** The next stanza; empty when the server has closed the connection. */
  public Optional<Node> receive() {
    return frame().map(transport::decrypt).map(NodeDecoder::decode);
  }

  private Optional<byte[]> frame() {
    try {
      while (frames.isEmpty()) {
        byte[] bytes = arrived.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (bytes == null) {
          throw new AssertionError("the sandbox said nothing for " + PATIENCE_SECONDS + " s");
        }
        if (bytes.length == 0) {
          return Optional.empty();
        }
        frames.addAll(reader.read(bytes));
      }
      return Optional.of(frames.removeFirst());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Goes without a word. */
  @Override
  public void close() {
    socket.abort();
  }

  private final class Listener implements WebSocket.Listener {
    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      if (bytes.length > 0) {
        arrived.add(bytes);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      arrived.add(END);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      arrived.add(END);
    }
  }
}
