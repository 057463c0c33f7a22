package dev.switchboard.testing.proxy;

import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/** Stands before a server and remembers from which ports it was knocked at. */
public final class Door extends Listener {
  private final int server;
  private final Set<Integer> callers = new ConcurrentSkipListSet<>();

  public Door(int server) {
    this.server = server;
  }

  /** How many connections came, from anywhere. */
  public int knocks() {
    return callers.size();
  }

  /** Those that none of these proxies made. */
  public Set<Integer> strangers(TestProxy... proxies) {
    Set<Integer> strangers = new TreeSet<>(callers);
    Arrays.stream(proxies).forEach(proxy -> strangers.removeAll(proxy.sources()));
    return strangers;
  }

  @Override
  void serve(Socket client) throws IOException {
    callers.add(client.getPort());
    join(client, connect(server));
  }
}
