package dev.switchboard.egress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of plain sockets that does with each request what its script says. */
final class ScriptedReceiver implements AutoCloseable {
  static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private final ServerSocket server;
  private final Script script;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();

  /** What is done with a request; the next one is read when it returns. */
  interface Script {
    void answer(Request request, Socket socket) throws IOException, InterruptedException;
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Request(String line, Map<String, String> headers, byte[] body) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  ScriptedReceiver(ServerSocket server, Script script) {
    this.server = server;
    this.script = script;
    Thread.ofPlatform().daemon().start(this::accept);
  }

  static ScriptedReceiver start(Script script) throws IOException {
    return new ScriptedReceiver(new ServerSocket(0, 50, LOOPBACK), script);
  }

  /** Writes it as it is. */
  static Script saying(String answer) {
    return (_, socket) -> {
      socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
    };
  }

  int port() {
    return server.getLocalPort();
  }

  List<Request> requests() {
    return requests;
  }

  /** How many connections there ever were. */
  int accepted() {
    return accepted.get();
  }

  /** How many connections the other side has not ended. */
  int open() {
    return open.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        accepted.incrementAndGet();
        open.incrementAndGet();
        Thread.ofPlatform().daemon().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream input = socket.getInputStream();
      for (String line = line(input); !line.isEmpty(); line = line(input)) {
        Request request = request(line, input);
        requests.add(request);
        script.answer(request, socket);
      }
    } catch (IOException | InterruptedException e) {
      // The other side ended it.
    } finally {
      open.decrementAndGet();
    }
  }

  private static Request request(String line, InputStream input) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    for (String header = line(input); !header.isEmpty(); header = line(input)) {
      int colon = Math.max(0, header.indexOf(':'));
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Request(line, headers, input.readNBytes(length));
  }

  private static String line(InputStream input) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = input.read(); next >= 0 && next != '\n'; next = input.read()) {
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
