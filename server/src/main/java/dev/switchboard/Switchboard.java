package dev.switchboard;

import dev.switchboard.access.ApiKeys;
import dev.switchboard.configuration.SwitchboardConfig;
import dev.switchboard.sandbox.Sandbox;
import dev.switchboard.sandbox.SandboxConfig;
import dev.switchboard.web.Metrics;
import dev.switchboard.whatsapp.socket.SocketLoops;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running server: opened in order, closed in reverse.
 *
 * <p>Order of opening: data directory, sandbox, storage, webhooks, networks, core, surfaces; the
 * accounts are brought back last, when everybody who wants to watch can.
 */
public final class Switchboard implements AutoCloseable {
  /** As fine as PostgreSQL keeps times: what is answered first equals what is read back later. */
  private static final Duration MICROSECOND = Duration.ofNanos(1_000);

  private static final Logger LOG = LoggerFactory.getLogger(Switchboard.class);

  private final Resources resources;
  private final Optional<Sandbox> sandbox;
  private final Core core;
  private final Surfaces surfaces;
  private final Optional<ApiKeys.Issued> firstKey;

  private Switchboard(SwitchboardConfig config, Resources resources) throws InterruptedException {
    this.resources = resources;
    StartTimes times = new StartTimes();
    Surfaces.requireSafeAddresses(config);
    Clock clock = Clock.tick(Clock.systemUTC(), MICROSECOND);
    SecureRandom random = new SecureRandom();
    resources.open(DataDirectory.claim(config.data()));
    sandbox = embeddedSandbox(config).map(resources::open);
    times.done("sandbox");
    Storage storage = resources.open(Storage.open(config, clock, random, times));
    PrometheusMeterRegistry metrics = Metrics.registry();
    WebhookDelivery webhooks =
        resources.open(WebhookDelivery.open(config, storage, metrics, clock, random));
    times.done("webhooks");
    SocketLoops loops = resources.open(new SocketLoops(socketThreads()));
    core =
        new Core(
            config,
            storage,
            new Networks(config, loops, clock, random).factories(sandbox),
            clock,
            random);
    resources.open(core::endAccounts);
    firstKey = core.apiKeys().issueFirst();
    times.done("replay");
    surfaces =
        resources.open(
            Surfaces.open(config, core, storage, webhooks.webhooks(), metrics, clock, random));
    times.done("listeners");
    core.supervisor().restore();
    times.done("accounts");
    LOG.info("started in {}", times);
  }

  /**
   * Starts a server; whatever was opened is closed again when a part cannot be.
   *
   * @throws RuntimeException with a message for the operator
   */
  public static Switchboard open(SwitchboardConfig config) throws InterruptedException {
    Resources resources = new Resources();
    try {
      return new Switchboard(config, resources);
    } catch (RuntimeException | InterruptedException e) {
      resources.close();
      throw e;
    }
  }

  public int grpcPort() {
    return surfaces.grpcPort();
  }

  public int httpPort() {
    return surfaces.httpPort();
  }

  /** The simulated network, when it runs inside this server. */
  public Optional<Sandbox> sandbox() {
    return sandbox;
  }

  /** The first administrator's key, on the first start only. */
  public Optional<ApiKeys.Issued> firstKey() {
    return firstKey;
  }

  /**
   * Drains and stops: no new calls, the message on its way is finished, connections close, storage
   * last.
   */
  @Override
  public void close() {
    surfaces.drain();
    core.endStreams();
    resources.close();
  }

  private static Optional<Sandbox> embeddedSandbox(SwitchboardConfig config) {
    SwitchboardConfig.Sandbox settings = config.sandbox();
    return settings.embedded()
        ? Optional.of(
            Sandbox.open(
                SandboxConfig.in(config.data().resolve("sandbox"))
                    .withPorts(settings.port(), settings.controlPort())
                    .withLoggedStanzas(settings.loggedStanzas())))
        : Optional.empty();
  }

  /** Sockets wait more than they work: a few threads serve thousands of them. */
  private static int socketThreads() {
    return Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 8);
  }
}
