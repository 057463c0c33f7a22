package dev.switchboard.loadtest.webhooks;

import dev.switchboard.loadtest.process.FreePort;
import dev.switchboard.loadtest.run.LoadTestException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An endpoint on plain sockets that misbehaves as long as it is told to. */
final class Receiver implements AutoCloseable {
  private static final String PATH = "/events";
  private static final Duration DRIP = Duration.ofMillis(50);

  /** Longer than the server waits. */
  private static final Duration HANG = Duration.ofSeconds(5);

  private final int port = FreePort.find();
  private final Taken taken = new Taken();
  private final Map<Behaviour, Integer> behaved = new EnumMap<>(Behaviour.class);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Random random;
  private volatile String secret = "";
  private volatile boolean naughty = true;
  private final AtomicInteger trapped = new AtomicInteger();
  private @Nullable ServerSocket server;

  Receiver(long seed) {
    this.random = new Random(seed);
  }

  String url() {
    return "http://127.0.0.1:" + port + PATH;
  }

  Taken taken() {
    return taken;
  }

  /** Requests to where a redirect led: it must not be followed. */
  int trapped() {
    return trapped.get();
  }

  /** How often it did what. */
  Map<Behaviour, Integer> behaved() {
    synchronized (random) {
      return new EnumMap<>(behaved);
    }
  }

  void expect(String told) {
    secret = told;
  }

  /** From now on it takes everything. */
  void behave() {
    naughty = false;
  }

  /** Listens, after it did not. */
  synchronized void open() {
    try {
      var listening = new ServerSocket(port, 256, InetAddress.getLoopbackAddress());
      server = listening;
      Thread.ofVirtual().name("receiver").start(() -> accept(listening));
    } catch (IOException e) {
      throw new LoadTestException("the receiver cannot listen", e);
    }
  }

  /** Does not listen any more, and drops who is connected. */
  @Override
  public synchronized void close() {
    closeQuietly(server);
    open.forEach(Receiver::closeQuietly);
  }

  private void accept(ServerSocket listening) {
    try {
      while (true) {
        Socket socket = listening.accept();
        open.add(socket);
        Thread.ofVirtual().name("receiver-connection").start(() -> serve(socket));
      }
    } catch (IOException e) {
      closeQuietly(listening); // It does not listen any more.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      boolean on = true;
      var in = new BufferedInputStream(socket.getInputStream());
      while (on) {
        var post = Post.read(in);
        on = post.isPresent() && answer(post.get(), socket);
      }
    } catch (IOException e) {
      // Whoever posted went away: it will come again.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  /** Returns whether the connection goes on. */
  private boolean answer(Post post, Socket socket) throws IOException, InterruptedException {
    if (!post.target().equals(PATH)) {
      trapped.incrementAndGet();
      return false;
    }
    taken.came(post, post.genuine(secret));
    Behaviour behaviour = next();
    OutputStream out = socket.getOutputStream();
    switch (behaviour) {
      case TAKE -> {
        taken.take(post);
        write(out, "HTTP/1.1 204 No Content\r\n\r\n");
        return true;
      }
      case FAIL -> write(out, "HTTP/1.1 500 Broken\r\ncontent-length: 0\r\n\r\n");
      case THROTTLE ->
          write(out, "HTTP/1.1 429 Slow\r\nretry-after: 1\r\ncontent-length: 0\r\n\r\n");
      case REDIRECT ->
          write(out, "HTTP/1.1 302 There\r\nlocation: /trap\r\ncontent-length: 0\r\n\r\n");
      case LIE -> write(out, "HTTP/1.1 503 Half\r\ncontent-length: 1000\r\n\r\nhalf");
      case TAKE_AND_LIE -> {
        taken.take(post);
        write(out, "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nhalf");
      }
      case TAKE_AND_CLOSE -> taken.take(post);
      case RESET -> socket.setSoLinger(true, 0);
      case GARBAGE -> write(out, "\u0001\u0002 no protocol\n\n");
      case DRIP -> drip(out);
      case HANG -> Thread.sleep(HANG);
    }
    return false;
  }

  private Behaviour next() {
    synchronized (random) {
      Behaviour behaviour = naughty ? Behaviour.next(random) : Behaviour.TAKE;
      behaved.merge(behaviour, 1, Integer::sum);
      return behaviour;
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static void drip(OutputStream out) throws IOException, InterruptedException {
    for (char letter : "HTTP/1.1 500 Slowly\r\ncontent-length: 0\r\n\r\n".toCharArray()) {
      write(out, String.valueOf(letter));
      Thread.sleep(DRIP);
    }
  }

  private static void closeQuietly(@Nullable AutoCloseable socket) {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (Exception e) {
      // It is closed all the same.
    }
  }
}
