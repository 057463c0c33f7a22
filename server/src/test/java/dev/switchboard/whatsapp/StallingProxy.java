package dev.switchboard.whatsapp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Passes bytes on until it is told to stall; then connections look alive and nothing comes. */
final class StallingProxy implements AutoCloseable {
  private final ServerSocket listening;
  private final int target;
  private volatile boolean stalled;

  StallingProxy(int target) throws IOException {
    this.target = target;
    this.listening = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  void stall() {
    stalled = true;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        Thread.ofVirtual().start(() -> pass(client, server));
        Thread.ofVirtual().start(() -> pass(server, client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void pass(Socket from, Socket to) {
    try (from;
        to) {
      InputStream input = from.getInputStream();
      OutputStream output = to.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int length = input.read(buffer); length >= 0; length = input.read(buffer)) {
        if (!stalled) {
          output.write(buffer, 0, length);
        }
      }
    } catch (IOException e) {
      // One side is gone; the other follows.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
