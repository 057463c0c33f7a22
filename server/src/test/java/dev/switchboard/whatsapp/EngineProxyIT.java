package dev.switchboard.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.model.Peer;
import dev.switchboard.model.instance.Proxy.Credentials;
import dev.switchboard.model.instance.Route;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.sandbox.SandboxConfig;
import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.proxy.Door;
import dev.switchboard.testing.proxy.NamedCertificate;
import dev.switchboard.testing.proxy.ProxyKind;
import dev.switchboard.testing.proxy.TestProxy;
import dev.switchboard.testing.proxy.TestProxy.Mood;
import dev.switchboard.whatsapp.account.PushNameStore;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The engine behind proxies; the door before the sandbox sees who comes through none. */
@Isolated("sets what the whole JVM heeds")
@Timeout(180)
class EngineProxyIT {
  private static final String HIDDEN = "whatsapp.invalid";
  private static final int PORT = 443;
  private static final int MEDIA_PORT = 8_443;

  /** Settings of the whole JVM that lead nowhere, for hosts of this machine too. */
  private static final Map<String, String> PROCESS_WIDE =
      Map.of(
          "socksProxyHost", "127.0.0.1",
          "socksProxyPort", "9",
          "socksNonProxyHosts", "",
          "https.proxyHost", "127.0.0.1",
          "https.proxyPort", "9",
          "http.nonProxyHosts", "");

  @TempDir private Path folder;
  private SandboxNetwork network;
  private Door door;

  @BeforeEach
  void open() {
    network = new SandboxNetwork(folder);
    door = new Door(network.sandbox.port());
  }

  @AfterEach
  void close() {
    network.close();
    door.close();
  }

  /** The name has no address outside the proxy: whatever looked it up would fail. */
  @ParameterizedTest
  @EnumSource(ProxyKind.class)
  void exchangesTextsWithAServerThatOnlyTheProxyKnows(ProxyKind kind, @TempDir Path named)
      throws Exception {
    NamedCertificate.write(named, HIDDEN);
    try (SandboxNetwork hidden = new SandboxNetwork(named);
        TestProxy proxy = kind.start()) {
      proxy.know(HIDDEN, hidden.sandbox.port());
      EngineDriver alice = hidden.account("alice", config -> hidden.config(HIDDEN, PORT));
      EngineDriver bob = hidden.account("bob", config -> hidden.config(HIDDEN, PORT));
      alice.host.route = kind.through(proxy);
      bob.host.route = kind.through(proxy);
      Peer aliceOwn = hidden.link(alice);
      Peer bobOwn = hidden.link(bob);

      assertThat(alice.send(bobOwn, "hello Bob")).isInstanceOf(SendOutcome.Sent.class);
      assertThat(bob.awaitMessage().content()).isEqualTo(new MessageContent.Text("hello Bob"));
      assertThat(bob.send(aliceOwn, "hello Alice")).isInstanceOf(SendOutcome.Sent.class);
      assertThat(alice.awaitMessage().content()).isEqualTo(new MessageContent.Text("hello Alice"));
      // Each connected twice: to pair, and to log in.
      assertThat(proxy.asked()).hasSize(4).containsOnly(HIDDEN + ":" + PORT);
    }
  }

  @ParameterizedTest
  @EnumSource(ProxyKind.class)
  void fetchesMediaFromAHostThatOnlyTheProxyKnows(ProxyKind kind, @TempDir Path named)
      throws Exception {
    NamedCertificate.write(named, HIDDEN);
    SandboxConfig config = SandboxConfig.in(named).withMediaHost(HIDDEN + ":" + MEDIA_PORT);
    try (SandboxNetwork hidden = new SandboxNetwork(config);
        TestProxy proxy = kind.start()) {
      hidden.always(Fault.EXTERNAL_BLOBS);
      proxy.know(HIDDEN, hidden.sandbox.port());
      EngineDriver alice = hidden.account("alice", ours -> hidden.config(HIDDEN, PORT));
      alice.host.route = kind.through(proxy);
      hidden.link(alice);

      Eventually.until(
          "the own name", () -> new PushNameStore(alice.host.records).read().isPresent());

      assertThat(proxy.asked()).contains(HIDDEN + ":" + MEDIA_PORT);
    }
  }

  @ParameterizedTest
  @EnumSource(ProxyKind.class)
  void neverGoesAroundAProxyThatIsDown(ProxyKind kind) throws Exception {
    try (TestProxy proxy = kind.start()) {
      EngineDriver alice = behindDoor("alice", kind.through(proxy));
      proxy.goDown();
      alice.start();
      assertThat(alice.awaitEnd())
          .isInstanceOfSatisfying(ConnectionEnd.Lost.class, EngineProxyIT::unavailable);
      assertThat(door.knocks()).isZero();

      proxy.comeBack();
      Peer own = network.link(alice);
      proxy.goDown();
      assertThat(alice.awaitEnd()).isInstanceOf(ConnectionEnd.Lost.class);
      alice.start();
      assertThat(alice.awaitEnd())
          .isInstanceOfSatisfying(ConnectionEnd.Lost.class, EngineProxyIT::unavailable);

      proxy.comeBack();
      alice.start();
      assertThat(alice.awaitLoggedIn()).isEqualTo(own);
      assertThat(door.knocks()).isEqualTo(3);
      assertThat(door.strangers(proxy)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(ProxyKind.class)
  void tellsThatTheProxyRefusedTheCredentials(ProxyKind kind) throws Exception {
    try (TestProxy proxy = kind.start()) {
      Credentials wrong = new Credentials(TestProxy.USERNAME, "wrong");
      EngineDriver alice = behindDoor("alice", kind.through(proxy, wrong));

      alice.start();

      assertThat(alice.awaitEnd())
          .isInstanceOfSatisfying(
              ConnectionEnd.Lost.class,
              end -> assertThat(end.cause()).isEqualTo(StateCause.PROXY_REFUSED));
      assertThat(door.knocks()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(ProxyKind.class)
  void endsAsLostWhenTheProxyCutsTheTunnel(ProxyKind kind) throws Exception {
    try (TestProxy proxy = kind.start()) {
      proxy.be(Mood.CUT);
      EngineDriver alice = behindDoor("alice", kind.through(proxy));
      alice.start();
      assertThat(alice.awaitEnd())
          .isInstanceOfSatisfying(ConnectionEnd.Lost.class, EngineProxyIT::lost);

      proxy.be(Mood.SERVE);
      network.link(alice);
      proxy.cut();
      assertThat(alice.awaitEnd())
          .isInstanceOfSatisfying(ConnectionEnd.Lost.class, EngineProxyIT::lost);
      assertThat(door.strangers(proxy)).isEmpty();
    }
  }

  @Test
  void takesTheRouteThatIsSetWhenItConnects() throws Exception {
    try (TestProxy first = ProxyKind.HTTP.start();
        TestProxy second = ProxyKind.SOCKS5.start()) {
      EngineDriver alice = behindDoor("alice", ProxyKind.HTTP.through(first));
      network.link(alice);
      int before = first.tunnels();

      alice.stop();
      alice.awaitEnd();
      alice.host.route = ProxyKind.SOCKS5.through(second);
      alice.start();
      alice.awaitLoggedIn();

      assertThat(first.tunnels()).isEqualTo(before);
      assertThat(second.tunnels()).isEqualTo(1);
      assertThat(door.strangers(first, second)).isEmpty();
    }
  }

  @Test
  void heedsNoProxyOfTheWholeProcess() throws Exception {
    PROCESS_WIDE.forEach(System::setProperty);
    try (TestProxy proxy = ProxyKind.SOCKS5.start()) {
      assertThatThrownBy(() -> new Socket("localhost", door.port()).close())
          .as("what heeds them goes nowhere")
          .isInstanceOf(IOException.class);

      EngineDriver direct = behindDoor("alice", new Route.Direct());
      EngineDriver proxied = behindDoor("bob", ProxyKind.SOCKS5.through(proxy));
      direct.start();
      proxied.start();

      assertThat(direct.awaitQr().text()).isNotEmpty();
      assertThat(proxied.awaitQr().text()).isNotEmpty();
      assertThat(door.strangers(proxy)).hasSize(1);
    } finally {
      PROCESS_WIDE.keySet().forEach(System::clearProperty);
    }
  }

  /** An account whose server is the door, which it could reach without a proxy. */
  private EngineDriver behindDoor(String name, Route route) {
    EngineDriver driver = network.account(name, config -> network.config(door.port()));
    driver.host.route = route;
    return driver;
  }

  private static void unavailable(ConnectionEnd.Lost end) {
    assertThat(end.cause()).isEqualTo(StateCause.PROXY_UNAVAILABLE);
  }

  private static void lost(ConnectionEnd.Lost end) {
    assertThat(end.cause()).isEqualTo(StateCause.CONNECTION_LOST);
  }
}
