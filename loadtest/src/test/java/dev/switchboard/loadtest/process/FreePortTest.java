package dev.switchboard.loadtest.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Scanner;
import org.junit.jupiter.api.Test;

class FreePortTest {
  @Test
  void isNoneThatAConnectionMayBeGiven() throws IOException {
    try (var given = new Scanner(Path.of("/proc/sys/net/ipv4/ip_local_port_range"), UTF_8)) {
      assertThat(FreePort.find()).isBetween(10_000, Math.max(10_000, given.nextInt() - 1));
    }
  }

  @Test
  void canBeListenedOn() throws IOException {
    int port = FreePort.find();

    try (var server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(server.getLocalPort()).isEqualTo(port);
    }
  }
}
