package dev.switchboard.whatsapp.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.switchboard.model.instance.Proxy;
import dev.switchboard.model.instance.Proxy.Credentials;
import dev.switchboard.testing.proxy.Door;
import dev.switchboard.testing.proxy.ProxyKind;
import dev.switchboard.testing.proxy.TestProxy;
import dev.switchboard.testing.proxy.TestProxy.Mood;
import dev.switchboard.whatsapp.socket.SocketException.Reason;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever a proxy does: a typed end in bounded time, and nobody comes to the server's door, which
 * stands open and can be reached without it.
 */
@Timeout(30)
class HostileProxyTest {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long MOST_READ_BYTES = 8 << 20;

  private final SocketLoops loops = new SocketLoops(1);
  private final Door door = new Door(1);

  @AfterEach
  void close() {
    assertThat(door.knocks()).as("connections around the proxy").isZero();
    door.close();
    loops.close();
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP, HANG, PROXY_UNAVAILABLE",
    "HTTP, DROP, PROXY_UNAVAILABLE",
    "HTTP, GARBAGE, PROXY_UNAVAILABLE",
    "HTTP, FLOOD, PROXY_UNAVAILABLE",
    "HTTP, UNREACHABLE, PROXY_UNAVAILABLE",
    "HTTP, FORBID, PROXY_REFUSED",
    "SOCKS5, HANG, PROXY_UNAVAILABLE",
    "SOCKS5, DROP, PROXY_UNAVAILABLE",
    "SOCKS5, GARBAGE, PROXY_UNAVAILABLE",
    "SOCKS5, FLOOD, PROXY_UNAVAILABLE",
    "SOCKS5, UNREACHABLE, PROXY_UNAVAILABLE",
    "SOCKS5, FORBID, PROXY_REFUSED",
  })
  void endsTypedAndInTime(ProxyKind kind, Mood mood, Reason reason) {
    try (TestProxy proxy = kind.start()) {
      proxy.be(mood);
      long began = System.nanoTime();

      assertThat(failure(kind.through(proxy)).reason()).isEqualTo(reason);

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PATIENCE.multipliedBy(4));
      assertThat(proxy.flooded()).isLessThan(MOST_READ_BYTES);
    }
  }

  @ParameterizedTest
  @EnumSource(ProxyKind.class)
  void tellsWrongCredentialsFromNone(ProxyKind kind) {
    try (TestProxy proxy = kind.start()) {
      Credentials wrong = new Credentials(TestProxy.USERNAME, "wrong");
      SocketException refused = failure(kind.through(proxy, wrong));

      assertThat(refused.reason()).isEqualTo(Reason.PROXY_REFUSED);
      assertThat(refused.getMessage()).doesNotContain("wrong").doesNotContain(TestProxy.USERNAME);
      assertThat(failure(kind.anonymously(proxy)).reason()).isEqualTo(Reason.PROXY_REFUSED);
      assertThat(proxy.tunnels()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(ProxyKind.class)
  void endsWhenNothingListens(ProxyKind kind) {
    TestProxy proxy = kind.start();
    proxy.close();

    assertThat(failure(kind.through(proxy)).reason()).isEqualTo(Reason.PROXY_UNAVAILABLE);
  }

  @ParameterizedTest
  @EnumSource(ProxyKind.class)
  void endsWhenTheProxyHasNoAddress(ProxyKind kind) {
    Proxy nowhere;
    try (TestProxy proxy = kind.start()) {
      Proxy known = kind.through(proxy);
      nowhere = new Proxy(known.scheme(), "proxy.invalid", known.port(), known.credentials());
    }

    assertThat(failure(nowhere).reason()).isEqualTo(Reason.PROXY_UNAVAILABLE);
  }

  private SocketException failure(Proxy route) {
    URI url = URI.create("wss://localhost:" + door.port() + "/ws/chat");
    SocketTarget target = new SocketTarget(url, "https://localhost", PATIENCE, PATIENCE, 4_096);
    SocketDialer dialer = new SocketDialer(loops, TlsTrust.system());
    return catchThrowableOfType(
        SocketException.class, () -> dialer.dial(target, route, new Deaf()).abort());
  }

  private static final class Deaf implements SocketListener {
    @Override
    public boolean received(byte[] bytes) {
      return true;
    }

    @Override
    public void closed(SocketEnd end) {}
  }
}
