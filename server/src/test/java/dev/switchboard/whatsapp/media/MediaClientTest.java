package dev.switchboard.whatsapp.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.switchboard.model.instance.Route;
import dev.switchboard.testing.proxy.Door;
import dev.switchboard.testing.proxy.ProxyKind;
import dev.switchboard.testing.proxy.TestProxy;
import dev.switchboard.whatsapp.socket.ChannelDialer;
import dev.switchboard.whatsapp.socket.SocketLoops;
import dev.switchboard.whatsapp.socket.TlsTrust;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MediaClientTest {
  private final SocketLoops loops = new SocketLoops(1);
  private final MediaClient client =
      new MediaClient(
          new ChannelDialer(loops, TlsTrust.system()), MediaLimits.DEFAULT, "https://localhost");

  @AfterEach
  void close() {
    loops.close();
  }

  /** The host is there and could be reached directly. */
  @ParameterizedTest
  @EnumSource(ProxyKind.class)
  void neverGoesAroundAProxyThatIsDown(ProxyKind kind) throws Exception {
    try (Door door = new Door(1);
        TestProxy proxy = kind.start()) {
      proxy.goDown();
      var hosts = List.of(new MediaHosts.Host("localhost", door.port()));

      Fetched fetched = client.fetch(kind.through(proxy), hosts, reference("/mms/x?y=1"));

      assertThat(fetched).isEqualTo(new Fetched.Failed(MediaFault.PROXY_FAILED));
      assertThat(door.knocks()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "mms/x", "/x HTTP/1.1\r\nHost: y", "/x\ny", "/x#y", "/ü"})
  void asksForNoPathThatCouldBeMoreThanOne(String path) throws Exception {
    var nowhere = List.of(new MediaHosts.Host("localhost", 1));

    assertThat(client.fetch(new Route.Direct(), nowhere, reference(path)))
        .isEqualTo(new Fetched.Failed(MediaFault.MALFORMED_REFERENCE));
  }

  @Test
  void asksAsOtherClientsDo() {
    var host = new MediaHosts.Host("mmg.whatsapp.net", 443);

    var request = BlobRequest.of(host, reference("/v/x.enc?ccb=1"), "https://web.whatsapp.com");

    assertThat(request.uri())
        .isEqualTo(
            "/v/x.enc?ccb=1&hash=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%3D"
                + "&mms-type=md-app-state&__wa-mms=");
    assertThat(request.headers().get("Host")).isEqualTo("mmg.whatsapp.net");
  }

  @Test
  void takesNoMoreHostsThanItTriesAndNoneThatIsNoName() {
    Node reply =
        Node.of(
            "iq",
            Node.builder("media_conn")
                .attribute("ttl", 60)
                .children(
                    List.of(
                        host("mmg.whatsapp.net"),
                        host("user@evil.example"),
                        host("a/b"),
                        host("two.example:8443"),
                        host("three.example:99999"),
                        host("four.example"),
                        host("five.example")))
                .build());

    MediaHosts hosts = MediaHosts.of(reply, Instant.EPOCH);

    assertThat(hosts.hosts().stream().map(MediaHosts.Host::authority))
        .containsExactly("mmg.whatsapp.net", "two.example:8443", "four.example");
    assertThat(hosts.isKnown(Instant.EPOCH.plusSeconds(59))).isTrue();
    assertThat(hosts.isKnown(Instant.EPOCH.plusSeconds(60))).isFalse();
  }

  private static Node host(String name) {
    return Node.of("host", Map.of("hostname", name));
  }

  private static MediaReference reference(String path) {
    ByteString bytes = ByteString.copyFrom(new byte[32]);
    return new MediaReference(MediaKind.APP_STATE, path, bytes, bytes, ByteString.EMPTY, 0);
  }
}
