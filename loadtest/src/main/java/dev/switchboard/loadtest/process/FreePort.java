package dev.switchboard.loadtest.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchboard.loadtest.run.LoadTestException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Scanner;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that nobody uses, so that a run disturbs no server that is already there. Below those that
 * Linux gives to connections: a server that is killed finds its port free when it comes back.
 */
public final class FreePort {
  private static final Path GIVEN_TO_CONNECTIONS =
      Path.of("/proc/sys/net/ipv4/ip_local_port_range");
  private static final int FIRST = 10_000;
  private static final int FIRST_GIVEN = 32_768;
  private static final int TRIES = 1_000;

  private FreePort() {}

  /** A port on loopback that was free a moment ago. */
  public static int find() {
    int end = Math.max(FIRST + 1, firstGiven());
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, end);
      if (free(port)) {
        return port;
      }
    }
    throw new LoadTestException("no free port from " + FIRST + " to " + (end - 1));
  }

  private static boolean free(int port) {
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int firstGiven() {
    try (var range = new Scanner(GIVEN_TO_CONNECTIONS, UTF_8)) {
      return range.nextInt();
    } catch (IOException e) {
      return FIRST_GIVEN;
    }
  }
}
