package dev.switchboard;

import dev.switchboard.configuration.SwitchboardConfig;
import dev.switchboard.grpc.AccessGrpcService;
import dev.switchboard.grpc.ApiServices;
import dev.switchboard.grpc.GrpcServer;
import dev.switchboard.grpc.InstanceGrpcService;
import dev.switchboard.grpc.ListenAddress;
import dev.switchboard.grpc.MessagingGrpcService;
import dev.switchboard.grpc.RandomIds;
import dev.switchboard.grpc.call.RequestLedger;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The listeners: the same services over gRPC, and over HTTP. */
final class Surfaces implements AutoCloseable {
  private final GrpcServer grpc;

  private Surfaces(GrpcServer grpc) {
    this.grpc = grpc;
  }

  static Surfaces open(
      SwitchboardConfig config,
      Core core,
      Storage storage,
      InstantSource clock,
      SecureRandom random) {
    RandomIds ids = new RandomIds(random);
    RequestLedger ledger = new RequestLedger(clock, config.requestMemory());
    ApiServices services =
        new ApiServices(
            List.of(
                new InstanceGrpcService(core.instances(), ledger, ids),
                new MessagingGrpcService(
                    core.instances(), core.outbox(), core.inbox(), storage.history()),
                new AccessGrpcService(core.apiKeys(), storage.tenants(), ledger, ids, clock)),
            core.apiKeys(),
            ids);
    GrpcServer grpc = GrpcServer.start(address(config, config.grpc()), services);
    return new Surfaces(grpc);
  }

  int grpcPort() {
    return grpc.port();
  }

  int httpPort() {
    return 0;
  }

  /** Tells health checks that no new calls are taken soon. */
  void drain() {
    grpc.drain();
  }

  @Override
  public void close() {
    grpc.close();
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
