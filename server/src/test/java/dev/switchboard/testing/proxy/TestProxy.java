package dev.switchboard.testing.proxy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A proxy on loopback that counts, and misbehaves when it is told to. */
public abstract class TestProxy extends Listener {
  public static final String USERNAME = "customer-1";
  public static final String PASSWORD = "let me: through!";

  private static final int ENDLESS = 64 << 20;

  /** What it does with its clients. */
  public enum Mood {
    /** Opens a tunnel for whoever shows the right credentials. */
    SERVE,
    /** Takes a connection and says nothing. */
    HANG,
    /** Hangs up without a word. */
    DROP,
    /** Answers bytes that are no answer. */
    GARBAGE,
    /** Begins an answer and never ends it. */
    FLOOD,
    /** Does not allow the target. */
    FORBID,
    /** Says that the target cannot be reached. */
    UNREACHABLE,
    /** Opens the tunnel and cuts it at once. */
    CUT
  }

  private final Map<String, Integer> names = new ConcurrentHashMap<>();
  private final Set<Integer> sources = new ConcurrentSkipListSet<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final AtomicLong flooded = new AtomicLong();
  private volatile Mood mood = Mood.SERVE;

  /** Makes the name known, to this proxy only: it stands for a port of this machine. */
  public final void know(String host, int port) {
    names.put(host, port);
  }

  public final void be(Mood next) {
    mood = next;
  }

  /** The ports its tunnels were opened from. */
  public final Set<Integer> sources() {
    return Set.copyOf(sources);
  }

  /** How many tunnels it opened. */
  public final int tunnels() {
    return sources.size();
  }

  /** The targets it was asked for, as {@code host:port}. */
  public final List<String> asked() {
    return List.copyOf(asked);
  }

  /** How many bytes of an endless answer were taken from it. */
  public final long flooded() {
    return flooded.get();
  }

  /** Reads what the client wants; answers with the target, or with null after sending it away. */
  abstract @Nullable Target greet(Socket client) throws IOException;

  abstract void answer(OutputStream output, Mood answer) throws IOException;

  /** The beginning of an answer, to be repeated without end. */
  abstract byte[] endless();

  record Target(String host, int port) {}

  @Override
  final void serve(Socket client) throws IOException {
    switch (mood) {
      case HANG -> client.getInputStream().transferTo(OutputStream.nullOutputStream());
      case DROP -> {}
      case GARBAGE -> {
        client.getOutputStream().write("\0\u0001?? what\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
      }
      case FLOOD -> flood(client.getOutputStream());
      case SERVE, FORBID, UNREACHABLE, CUT -> tunnel(client);
    }
  }

  private void flood(OutputStream output) throws IOException {
    byte[] piece = endless();
    output.write(start());
    while (flooded.addAndGet(piece.length) < ENDLESS) {
      output.write(piece);
    }
  }

  /** What an endless answer begins with. */
  abstract byte[] start();

  private void tunnel(Socket client) throws IOException {
    Target target = greet(client);
    if (target == null) {
      return;
    }
    asked.add(target.host() + ":" + target.port());
    Mood now = mood;
    if (now != Mood.SERVE && now != Mood.CUT) {
      answer(client.getOutputStream(), now);
      return;
    }
    Socket server = connect(names.getOrDefault(target.host(), target.port()));
    sources.add(server.getLocalPort());
    answer(client.getOutputStream(), Mood.SERVE);
    if (now == Mood.CUT) {
      server.close();
    } else {
      join(client, server);
    }
  }
}
