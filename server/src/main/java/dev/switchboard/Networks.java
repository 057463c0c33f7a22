package dev.switchboard;

import dev.switchboard.configuration.SwitchboardConfig;
import dev.switchboard.connector.ConnectorFactory;
import dev.switchboard.model.instance.Network;
import dev.switchboard.sandbox.Sandbox;
import dev.switchboard.whatsapp.WhatsAppConfig;
import dev.switchboard.whatsapp.WhatsAppConnectorFactory;
import dev.switchboard.whatsapp.health.HealthLimits;
import dev.switchboard.whatsapp.inbound.ReceiveLimits;
import dev.switchboard.whatsapp.login.PreKeyLimits;
import dev.switchboard.whatsapp.retry.RetryLimits;
import dev.switchboard.whatsapp.session.SessionLimits;
import dev.switchboard.whatsapp.socket.SocketLoops;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** The networks that this server's instances may live on, as configured. */
final class Networks {
  private final SwitchboardConfig config;
  private final SocketLoops loops;
  private final InstantSource clock;
  private final SecureRandom random;

  Networks(SwitchboardConfig config, SocketLoops loops, InstantSource clock, SecureRandom random) {
    this.config = config;
    this.loops = loops;
    this.clock = clock;
    this.random = random;
  }

  /** A factory of connectors for each network. */
  Map<Network, ConnectorFactory> factories(Optional<Sandbox> embedded) {
    Map<Network, ConnectorFactory> factories = new EnumMap<>(Network.class);
    if (config.whatsapp().enabled()) {
      String version = config.whatsapp().version();
      factories.put(Network.WHATSAPP, factory(WhatsAppConfig.whatsApp().withVersion(version)));
    }
    embedded
        .map(Networks::reach)
        .or(() -> config.sandbox().remote().map(Networks::reach))
        .ifPresent(sandbox -> factories.put(Network.SANDBOX, factory(sandbox)));
    return factories;
  }

  private ConnectorFactory factory(WhatsAppConfig network) {
    PreKeyLimits preKeys =
        network.preKeys().withSignedPreKeyAge(config.whatsapp().signedPrekeyAge());
    ReceiveLimits receiving = network.receiving();
    RetryLimits retry = receiving.retry().withAnswerAge(config.whatsapp().retryAnswerAge());
    WhatsAppConfig tuned =
        network
            .withPreKeys(preKeys)
            .withSession(watched(network.session()))
            .withAppState(
                network.appState().withLoginPatience(config.instances().appStatePatience()),
                network.media())
            .withReceiving(receiving.withRetry(retry));
    return new WhatsAppConnectorFactory(tuned, loops, clock, random);
  }

  private SessionLimits watched(SessionLimits session) {
    SwitchboardConfig.Liveness liveness = config.instances().liveness();
    HealthLimits health =
        new HealthLimits(
            liveness.answerLimit(),
            liveness.acknowledgementLimit(),
            liveness.healAfter(),
            liveness.healsPerHour(),
            Duration.ofHours(1));
    return session.with(liveness.silence(), health);
  }

  private static WhatsAppConfig reach(Sandbox sandbox) {
    return WhatsAppConfig.of(
        URI.create("wss://localhost:" + sandbox.port() + "/ws/chat"),
        HexFormat.of().formatHex(sandbox.noiseRootKey()),
        Optional.of(sandbox.certificate()));
  }

  private static WhatsAppConfig reach(SwitchboardConfig.Sandbox.Remote sandbox) {
    return WhatsAppConfig.of(
        sandbox.url(), sandbox.noiseRootHex(), Optional.of(sandbox.certificate()));
  }
}
