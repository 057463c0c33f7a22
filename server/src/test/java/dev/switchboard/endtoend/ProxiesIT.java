package dev.switchboard.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import dev.switchboard.Switchboard;
import dev.switchboard.api.sandbox.v1.PersonName;
import dev.switchboard.api.sandbox.v1.SandboxServiceGrpc;
import dev.switchboard.api.sandbox.v1.ScanQrRequest;
import dev.switchboard.api.v1.CreateInstanceRequest;
import dev.switchboard.api.v1.GetInstanceRequest;
import dev.switchboard.api.v1.Instance;
import dev.switchboard.api.v1.InstanceServiceGrpc;
import dev.switchboard.api.v1.InstanceServiceGrpc.InstanceServiceBlockingStub;
import dev.switchboard.api.v1.InstanceState;
import dev.switchboard.api.v1.Network;
import dev.switchboard.api.v1.PairInstanceRequest;
import dev.switchboard.api.v1.Proxy;
import dev.switchboard.api.v1.ProxyScheme;
import dev.switchboard.api.v1.StateCause;
import dev.switchboard.api.v1.UpdateInstanceRequest;
import dev.switchboard.api.v1.WatchInstancesRequest;
import dev.switchboard.configuration.ConfigurationFile;
import dev.switchboard.sandbox.Sandbox;
import dev.switchboard.sandbox.SandboxConfig;
import dev.switchboard.testing.proxy.Door;
import dev.switchboard.testing.proxy.HttpConnectProxy;
import dev.switchboard.testing.proxy.Socks5Proxy;
import dev.switchboard.testing.proxy.TestProxy;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A proxy over the API: set, kept over a restart, lost, changed, taken away. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class ProxiesIT {
  @TempDir private Path folder;
  private Sandbox sandbox;
  private Door door;
  private String key = "";

  @BeforeEach
  void open() {
    sandbox = Sandbox.open(SandboxConfig.in(folder.resolve("sandbox")));
    door = new Door(sandbox.port());
  }

  @AfterEach
  void close() {
    door.close();
    sandbox.close();
  }

  @Test
  void keepsToTheProxyWhateverHappens() throws Exception {
    try (TestProxy first = new HttpConnectProxy();
        TestProxy second = new Socks5Proxy()) {
      try (Server server = new Server()) {
        server.create(http(first));
        server.link();
        assertThat(server.now().getProxy().getHasPassword()).isTrue();
      }
      int before = first.tunnels();
      try (Server server = new Server()) {
        server.await(ProxiesIT::ready);
        assertThat(first.tunnels()).isEqualTo(before + 1);

        first.goDown();
        server.await(seen ->
            seen.getState() == InstanceState.INSTANCE_STATE_DISCONNECTED
                && seen.getStateCause() == StateCause.STATE_CAUSE_PROXY_UNAVAILABLE);

        server.update(socks5(second).toBuilder().setPassword("wrong").build());
        server.await(seen -> seen.getStateCause() == StateCause.STATE_CAUSE_PROXY_REFUSED);
        assertThat(second.tunnels()).isZero();

        server.update(socks5(second));
        server.await(ProxiesIT::ready);
        assertThat(second.tunnels()).isPositive();
        assertThat(door.strangers(first, second)).as("connections around the proxies").isEmpty();

        server.update(null);
        server.await(seen -> !seen.hasProxy() && ready(seen) && door.knocks() > before + 2);
        assertThat(door.strangers(first, second)).hasSize(1);
      }
    }
  }

  private static boolean ready(Instance seen) {
    return seen.getState() == InstanceState.INSTANCE_STATE_READY;
  }

  private static Proxy http(TestProxy proxy) {
    return proxy(ProxyScheme.PROXY_SCHEME_HTTP, proxy);
  }

  private static Proxy socks5(TestProxy proxy) {
    return proxy(ProxyScheme.PROXY_SCHEME_SOCKS5, proxy);
  }

  private static Proxy proxy(ProxyScheme scheme, TestProxy proxy) {
    return Proxy.newBuilder()
        .setScheme(scheme)
        .setHost("localhost")
        .setPort(proxy.port())
        .setUsername(TestProxy.USERNAME)
        .setPassword(TestProxy.PASSWORD)
        .build();
  }

  /** A server whose sandbox lies behind the door, and a client of it. */
  private final class Server implements AutoCloseable {
    private static final String NAME = "shop";

    private final Switchboard server;
    private final ManagedChannel channel;
    private final InstanceServiceBlockingStub instances;

    Server() throws InterruptedException {
      server =
          Switchboard.open(
              ConfigurationFile.load(
                  Optional.empty(),
                  Map.of("SWITCHBOARD_DATABASE_PROGRAMS", ServerProcess.programs().toString()),
                  settings()));
      key = server.firstKey().map(issued -> issued.secret()).orElse(key);
      channel =
          Grpc.newChannelBuilder(
                  "127.0.0.1:" + server.grpcPort(), InsecureChannelCredentials.create())
              .build();
      Metadata headers = new Metadata();
      headers.put(
          Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + key);
      instances =
          InstanceServiceGrpc.newBlockingStub(channel)
              .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private Map<String, Object> settings() {
      return Map.ofEntries(
          Map.entry("data", folder.resolve("data").toString()),
          Map.entry("grpc.port", 0),
          Map.entry("http.port", 0),
          Map.entry("instances.reconnect-base", "20 ms"),
          Map.entry("instances.reconnect-cap", "100 ms"),
          Map.entry("sandbox.embedded", false),
          Map.entry("sandbox.url", "wss://localhost:" + door.port() + "/ws/chat"),
          Map.entry("sandbox.noise-root", HexFormat.of().formatHex(sandbox.noiseRootKey())),
          Map.entry("sandbox.certificate", sandbox.certificate().toString()));
    }

    void create(Proxy proxy) {
      var _ =
          instances.createInstance(
              CreateInstanceRequest.newBuilder()
                  .setInstanceId(NAME)
                  .setNetwork(Network.NETWORK_SANDBOX)
                  .setProxy(proxy)
                  .build());
    }

    void link() {
      var steps =
          instances.pairInstance(PairInstanceRequest.newBuilder().setInstanceId(NAME).build());
      scan(steps.next().getQr().getText());
      assertThat(steps.next().hasPaired()).isTrue();
      await(ProxiesIT::ready);
    }

    private void scan(String qrText) {
      ManagedChannel control =
          Grpc.newChannelBuilder(
                  "127.0.0.1:" + sandbox.controlPort(), InsecureChannelCredentials.create())
              .build();
      var _ =
          SandboxServiceGrpc.newBlockingStub(control)
              .scanQr(
                  ScanQrRequest.newBuilder()
                      .setPerson(PersonName.newBuilder().setName(NAME))
                      .setQrText(qrText)
                      .build());
      control.shutdownNow();
    }

    Instance now() {
      return instances
          .getInstance(GetInstanceRequest.newBuilder().setInstanceId(NAME).build())
          .getInstance();
    }

    void update(@Nullable Proxy proxy) {
      var changed = Instance.newBuilder().setInstanceId(NAME);
      if (proxy != null) {
        changed.setProxy(proxy);
      }
      var _ =
          instances.updateInstance(
              UpdateInstanceRequest.newBuilder()
                  .setInstance(changed)
                  .setUpdateMask(FieldMask.newBuilder().addPaths("proxy"))
                  .build());
    }

    void await(Predicate<Instance> good) {
      var events =
          instances
              .withDeadlineAfter(60, TimeUnit.SECONDS)
              .watchInstances(WatchInstancesRequest.newBuilder().setInstanceId(NAME).build());
      while (events.hasNext()) {
        var event = events.next();
        Instance seen = event.hasCurrent() ? event.getCurrent() : event.getChanged().getInstance();
        if (good.test(seen)) {
          return;
        }
      }
    }

    @Override
    public void close() {
      channel.shutdownNow();
      server.close();
    }
  }
}
