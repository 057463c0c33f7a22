package dev.switchboard.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.instance.pairing.PairingEvent;
import dev.switchboard.instance.pairing.Subscription;
import dev.switchboard.instance.reconnect.ReconnectPolicy;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.event.EventPayload;
import dev.switchboard.model.instance.InstanceSettings;
import dev.switchboard.model.instance.InstanceState;
import dev.switchboard.model.instance.Network;
import dev.switchboard.model.instance.PairingMethod;
import dev.switchboard.model.instance.Proxy;
import dev.switchboard.model.instance.Route;
import dev.switchboard.model.instance.RoutePolicy;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.Samples;
import dev.switchboard.testing.ScriptedConnector;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RouteTest {
  private static final Route PROXY = new Proxy(Proxy.Scheme.HTTP, "proxy.invalid", 3128, null);
  private static final ReconnectPolicy SLOW =
      new ReconnectPolicy(Duration.ofHours(1), Duration.ofHours(1), Duration.ZERO);

  private static final ReconnectPolicy FAST =
      new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(4), Duration.ZERO);
  private static final Duration SOON = Duration.ofSeconds(10);

  private final List<Route> asked = new CopyOnWriteArrayList<>();
  private Bench bench = new Bench(SLOW, 1);

  @AfterEach
  void stop() throws InterruptedException {
    bench.supervisor.shutDown();
  }

  @Test
  void connectsAnewAlongTheRouteThatIsSet() throws Exception {
    ScriptedConnector engine = bench.engine();
    bench.insertLinked();
    connect(engine);
    bench.instances.start(Samples.ACCOUNT);
    bench.awaitState(InstanceState.READY, StateCause.LOGGED_IN);

    route(PROXY);
    connect(engine);

    Eventually.until("it connects along the proxy", () -> asked.contains(PROXY));
    bench.awaitState(InstanceState.READY, StateCause.LOGGED_IN);
    assertThat(asked).containsExactly(new Route.Direct(), PROXY);
    assertThat(bench.states())
        .containsExactly(InstanceState.READY, InstanceState.DISCONNECTED, InstanceState.READY);
  }

  @Test
  void waitsNoLongerOnceTheRouteIsChanged() throws Exception {
    ScriptedConnector engine = bench.startLinked();
    engine.thenEnd(new ConnectionEnd.Lost(StateCause.PROXY_UNAVAILABLE, ""));
    bench.awaitState(InstanceState.DISCONNECTED, StateCause.PROXY_UNAVAILABLE);

    connect(engine);
    route(PROXY);

    bench.awaitState(InstanceState.READY, StateCause.LOGGED_IN);
    assertThat(asked).containsExactly(PROXY);
  }

  @Test
  void showsACodeOfTheNewConnectionWhilePairing() throws Exception {
    ScriptedConnector engine = bench.engine();
    bench.insertUnlinked();
    engine.thenTell(Bench.QR);
    try (Subscription<PairingEvent> steps =
        bench.instances.pair(Samples.ACCOUNT, PairingMethod.QR_CODE)) {
      assertThat(steps.take(SOON)).containsInstanceOf(PairingEvent.Qr.class);

      route(PROXY);
      ask(engine).thenTell(Bench.QR);

      assertThat(steps.take(SOON)).containsInstanceOf(PairingEvent.Qr.class);
      assertThat(asked).containsExactly(PROXY);
    }
  }

  @Test
  void tellsOnlyWhatIsChanged() throws Exception {
    bench.insertLinked();
    bench.instances.update(Samples.ACCOUNT, now -> now);
    bench.instances.update(Samples.ACCOUNT, now -> new InstanceSettings("The shop", now.route()));

    assertThat(bench.store.told())
        .endsWith(new EventPayload.InstanceSettingsChanged(bench.now()))
        .hasSize(2);
    assertThat(bench.now().displayName()).isEqualTo("The shop");
  }

  @Test
  void connectsOnlyThroughAProxyWhereThatIsRequired() throws Exception {
    bench = new Bench(SLOW, 1, Duration.ofMinutes(1), new RoutePolicy(Set.of(Network.SANDBOX)));
    bench.insertLinked();
    ScriptedConnector engine = bench.engine();
    assertThatThrownBy(() -> bench.instances.start(Samples.ACCOUNT))
        .isInstanceOfSatisfying(
            GatewayException.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.PROXY_REQUIRED));

    route(PROXY);
    connect(engine);
    bench.instances.start(Samples.ACCOUNT);
    bench.awaitState(InstanceState.READY, StateCause.LOGGED_IN);

    assertThatThrownBy(() -> route(new Route.Direct())).isInstanceOf(GatewayException.class);
    assertThat(asked).containsExactly(PROXY);
  }

  @Test
  void staysDisconnectedAfterARestartThatRequiresAProxy() throws Exception {
    bench = new Bench(FAST, 1, Duration.ofMinutes(1), new RoutePolicy(Set.of(Network.SANDBOX)));
    bench.store.insert(Samples.linked(Samples.ACCOUNT, InstanceState.READY, true));
    ask(bench.engine());

    bench.supervisor.restore();

    bench.awaitState(InstanceState.DISCONNECTED, StateCause.PROXY_REQUIRED);
    assertThat(asked).isEmpty();
  }

  private void route(Route route) throws InterruptedException {
    bench.instances.update(Samples.ACCOUNT, now -> new InstanceSettings(now.displayName(), route));
  }

  /** The engine's next connection asks for its route and logs in. */
  private void connect(ScriptedConnector engine) {
    ask(engine).thenTell(Bench.LOGGED_IN);
  }

  private ScriptedConnector ask(ScriptedConnector engine) {
    return engine.then(host -> {
      asked.add(host.route());
      return Optional.empty();
    });
  }
}
