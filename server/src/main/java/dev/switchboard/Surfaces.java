package dev.switchboard;

import dev.switchboard.configuration.SwitchboardConfig;
import dev.switchboard.event.reading.Events;
import dev.switchboard.grpc.AccessGrpcService;
import dev.switchboard.grpc.ApiServices;
import dev.switchboard.grpc.ContactGrpcService;
import dev.switchboard.grpc.GrpcServer;
import dev.switchboard.grpc.InstanceGrpcService;
import dev.switchboard.grpc.ListenAddress;
import dev.switchboard.grpc.MessagingGrpcService;
import dev.switchboard.grpc.PresenceGrpcService;
import dev.switchboard.grpc.QueueGrpcService;
import dev.switchboard.grpc.RandomIds;
import dev.switchboard.grpc.call.RequestLedger;
import dev.switchboard.grpc.event.EventGrpcService;
import dev.switchboard.grpc.event.EventViews;
import dev.switchboard.grpc.event.Places;
import dev.switchboard.grpc.webhook.WebhookGrpcService;
import dev.switchboard.instance.Supervisor;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.TenantId;
import dev.switchboard.web.WebConfig;
import dev.switchboard.web.WebServer;
import dev.switchboard.webhook.Webhooks;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The listeners: the same services over gRPC, and over HTTP. */
final class Surfaces implements AutoCloseable {
  private final GrpcServer grpc;
  private final WebServer web;
  private final AtomicBoolean draining;

  private Surfaces(GrpcServer grpc, WebServer web, AtomicBoolean draining) {
    this.grpc = grpc;
    this.web = web;
    this.draining = draining;
  }

  static Surfaces open(
      SwitchboardConfig config,
      Core core,
      Storage storage,
      Webhooks webhooks,
      PrometheusMeterRegistry metrics,
      InstantSource clock,
      SecureRandom random) {
    RandomIds ids = new RandomIds(random);
    metrics.gauge("switchboard.accounts.running", core.supervisor(), Supervisor::running);
    SendingMetrics.register(metrics, core.outgoing(), storage.journal());
    metrics.gauge("switchboard.events.readers", storage.events().events(), Events::readers);
    metrics.gauge(
        "switchboard.events.writable",
        storage.events().telling(),
        telling -> telling.writable() ? 1 : 0);
    RequestLedger ledger = new RequestLedger(clock, config.requestMemory());
    EventGrpcService events =
        new EventGrpcService(
            storage.events().events(),
            storage.events().cursors(),
            storage.events().consumers(),
            core.contacts(),
            ledger,
            clock);
    EventViews views = events.views(storage.events().telling().backlog());
    ApiServices services =
        new ApiServices(
            List.of(
                new InstanceGrpcService(core.instances(), ledger, views, ids),
                new MessagingGrpcService(
                    core.instances(),
                    core.sending().outbox(),
                    core.sending().bulks(),
                    core.sending().control(),
                    storage.history(),
                    ledger,
                    views,
                    config.outbox().bulkBytes()),
                new QueueGrpcService(core.instances(), core.sending().control(), ledger),
                new ContactGrpcService(core.instances(), core.contacts(), views),
                new PresenceGrpcService(core.presences(), ledger),
                events,
                new WebhookGrpcService(
                    webhooks,
                    new Places(
                        storage.events().events(),
                        storage.events().cursors(),
                        storage.events().consumers()),
                    ledger,
                    ids),
                new AccessGrpcService(core.apiKeys(), storage.tenants(), ledger, ids, clock)),
            core.apiKeys(),
            ids,
            metrics);
    WebConfig web =
        new WebConfig(
            address(config, config.http()), config.allowedOrigins(), config.outbox().bulkBytes());
    AtomicBoolean draining = new AtomicBoolean();
    GrpcServer grpc = GrpcServer.start(address(config, config.grpc()), services);
    try {
      return new Surfaces(
          grpc,
          WebServer.start(
              web,
              services,
              metrics,
              () -> !draining.get() && core.sending().dispatcher().working() && answers(storage)),
          draining);
    } catch (RuntimeException e) {
      grpc.close();
      throw e;
    }
  }

  /**
   * Refuses, before anything is opened, to listen in the open.
   *
   * @throws IllegalArgumentException naming the address and what it needs
   */
  static void requireSafeAddresses(SwitchboardConfig config) {
    var _ = address(config, config.grpc());
    var _ = address(config, config.http());
  }

  int grpcPort() {
    return grpc.port();
  }

  int httpPort() {
    return web.port();
  }

  /** Tells health and readiness checks that no new calls are taken soon. */
  void drain() {
    draining.set(true);
    grpc.drain();
  }

  @Override
  public void close() {
    web.close();
    grpc.close();
  }

  /** Everything else that is needed to serve would have failed at the start. */
  private static boolean answers(Storage storage) {
    try {
      return storage.tenants().exists(TenantId.DEFAULT);
    } catch (GatewayException e) {
      return false;
    }
  }

  private static ListenAddress address(
      SwitchboardConfig config, SwitchboardConfig.Listener listener) {
    SwitchboardConfig.Tls tls = config.tls();
    ListenAddress.@Nullable Certificate certificate =
        tls.certificate()
            .map(chain -> new ListenAddress.Certificate(chain, tls.privateKey().orElseThrow()))
            .orElse(null);
    return new ListenAddress(
        listener.address(), listener.port(), certificate, tls.allowPlaintext());
  }
}
