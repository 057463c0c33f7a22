package dev.switchboard.grpc;

import dev.switchboard.access.ApiKeys;
import dev.switchboard.access.Role;
import dev.switchboard.access.TenantStore;
import dev.switchboard.api.v1.WebhookServiceGrpc;
import dev.switchboard.api.v1.WebhookServiceGrpc.WebhookServiceBlockingV2Stub;
import dev.switchboard.event.cursor.Cursors;
import dev.switchboard.grpc.call.RequestLedger;
import dev.switchboard.grpc.event.Places;
import dev.switchboard.grpc.webhook.WebhookGrpcService;
import dev.switchboard.model.TenantId;
import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.store.encryption.MasterKey;
import dev.switchboard.store.encryption.Signature;
import dev.switchboard.testing.EventBench;
import dev.switchboard.testing.InMemoryEventConsumerStore;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;

/** The service of webhooks on a free port, over webhooks that nothing is posted to. */
public final class WebhookBoard implements AutoCloseable {
  public static final TenantId OTHER = new TenantId("other");

  final ScriptedWebhooks webhooks = new ScriptedWebhooks();
  final EventBench bench;
  final Cursors cursors;
  private final Signature signature;
  private final ApiKeys keys;
  private final ApiServices services;
  private final GrpcServer server;
  private final ManagedChannel channel;

  public WebhookBoard(Path folder) throws InterruptedException {
    bench = EventBench.open(folder);
    SecureRandom random = new SecureRandom();
    signature = new Signature(new Encryption(MasterKey.random(random)), "event cursors");
    cursors = new Cursors(signature::of, bench.events.logId());
    var tenants = new MemoryStores.Tenants();
    tenants.insert(new TenantStore.Tenant(TenantId.DEFAULT, "", Instant.EPOCH));
    tenants.insert(new TenantStore.Tenant(OTHER, "", Instant.EPOCH));
    keys = new ApiKeys(new MemoryStores.Keys(), InstantSource.system(), random);
    RandomIds ids = new RandomIds(random);
    services =
        new ApiServices(
            List.of(
                new WebhookGrpcService(
                    webhooks,
                    new Places(bench.events, cursors, new InMemoryEventConsumerStore()),
                    new RequestLedger(InstantSource.system(), 100),
                    ids)),
            keys,
            ids,
            new SimpleMeterRegistry());
    server = GrpcServer.start(ListenAddress.loopback(0), services);
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  }

  /** What cursors are signed with. */
  UnaryOperator<byte[]> signature() {
    return signature::of;
  }

  public ApiServices services() {
    return services;
  }

  public String key(TenantId tenant, Role role) {
    return keys.issue(tenant, role, "test", null).secret();
  }

  WebhookServiceBlockingV2Stub client(TenantId tenant, Role role) {
    return new ApiClient(channel, key(tenant, role))
        .keyed(WebhookServiceGrpc.newBlockingV2Stub(channel));
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.close();
    bench.close();
  }
}
