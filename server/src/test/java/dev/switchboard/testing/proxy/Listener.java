package dev.switchboard.testing.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Listens on loopback and serves each connection on a thread of its own. */
abstract class Listener implements AutoCloseable {
  private static final int BACKLOG = 64;
  private static final int BUFFER = 8_192;

  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
  private volatile ServerSocket listening;

  Listener() {
    listening = listen(0);
  }

  /** Serves one connection; it is closed when this returns. */
  abstract void serve(Socket client) throws IOException;

  public final int port() {
    return listening.getLocalPort();
  }

  /** Takes no connection any more, and cuts those that are open. */
  public final void goDown() {
    closeQuietly(listening);
    cut();
  }

  /** Takes connections again, on the same port. */
  public final void comeBack() {
    listening = listen(port());
  }

  /** Cuts every open connection, and goes on taking new ones. */
  public final void cut() {
    for (Socket one = open.poll(); one != null; one = open.poll()) {
      closeQuietly(one);
    }
  }

  @Override
  public final void close() {
    goDown();
  }

  /** A connection to a port of this machine, whatever proxies the JVM is told to use. */
  final Socket connect(int port) throws IOException {
    Socket socket = new Socket(Proxy.NO_PROXY);
    open.add(socket);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }

  /** Passes bytes both ways until one side ends. */
  final void join(Socket one, Socket other) {
    Thread.ofVirtual().start(() -> pass(other, one));
    pass(one, other);
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to) {
      byte[] buffer = new byte[BUFFER];
      for (int length = from.getInputStream().read(buffer);
          length >= 0;
          length = from.getInputStream().read(buffer)) {
        to.getOutputStream().write(buffer, 0, length);
      }
    } catch (IOException e) {
      // One side is gone; the other follows.
    }
  }

  private ServerSocket listen(int port) {
    try {
      ServerSocket server = new ServerSocket();
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
      Thread.ofVirtual().start(() -> accept(server));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocket server) {
    try {
      while (true) {
        Socket client = server.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serveQuietly(client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serveQuietly(Socket client) {
    try (client) {
      serve(client);
    } catch (IOException e) {
      // The client is gone, or was sent away.
    }
  }

  private static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
