package dev.switchboard.loadtest.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FreePortTest {
  @Test
  void isNoneThatAConnectionMayBeGiven() throws IOException {
    String given = Files.readString(Path.of("/proc/sys/net/ipv4/ip_local_port_range"));
    int firstGiven = Integer.parseInt(given.strip().split("\\s+")[0]);

    assertThat(FreePort.find()).isBetween(10_000, Math.max(10_000, firstGiven - 1));
  }

  @Test
  void canBeListenedOn() throws IOException {
    int port = FreePort.find();

    try (var server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(server.getLocalPort()).isEqualTo(port);
    }
  }
}
