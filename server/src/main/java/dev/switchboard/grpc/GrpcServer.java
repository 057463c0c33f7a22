package dev.switchboard.grpc;

import dev.switchboard.grpc.call.HandOver;
import dev.switchboard.grpc.event.SharedResponses;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The gRPC listener: every call on a virtual thread of its own. Reflection and health are open,
 * since the contract is public and whether we live is no secret; everything else asks for a key.
 */
public final class GrpcServer implements AutoCloseable {
  /** A text of the greatest length with everything around it, several times over. */
  public static final int REQUEST_LIMIT_BYTES = 1 << 20;

  private static final int HEADER_LIMIT_BYTES = 16 << 10;
  private static final int CALLS_PER_CONNECTION = 1_000;
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(60);
  private static final Duration KEEP_ALIVE_ALLOWED = Duration.ofSeconds(10);
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(5);

  private final Server server;
  private final HealthStatusManager health;
  private final ExecutorService calls;
  private final AtomicBoolean draining = new AtomicBoolean();

  private GrpcServer(Server server, HealthStatusManager health, ExecutorService calls) {
    this.server = server;
    this.health = health;
    this.calls = calls;
  }

  /**
   * Listens.
   *
   * @throws UncheckedIOException when the address cannot be had, naming it
   */
  public static GrpcServer start(ListenAddress address, ApiServices services) {
    ExecutorService calls =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("grpc-", 0).factory());
    HandOver handOver = new HandOver(calls, services::knows);
    HealthStatusManager health = new HealthStatusManager();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address.socketAddress())
            .directExecutor()
            .callExecutor(handOver)
            .intercept(handOver)
            .maxInboundMessageSize(REQUEST_LIMIT_BYTES)
            .maxInboundMetadataSize(HEADER_LIMIT_BYTES)
            .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
            .keepAliveTime(KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS)
            .permitKeepAliveTime(KEEP_ALIVE_ALLOWED.toSeconds(), TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .addServices(services.definitions().stream().map(SharedResponses::in).toList())
            .addService(health.getHealthService())
            .addService(ProtoReflectionServiceV1.newInstance());
    if (address.certificate() != null) {
      builder.useTransportSecurity(
          address.certificate().chain().toFile(), address.certificate().key().toFile());
    }
    GrpcServer started = new GrpcServer(builder.build(), health, calls);
    started.listen(address, services.definitions());
    return started;
  }

  /** The port that it listens on. */
  public int port() {
    return server.getPort();
  }

  /** Tells health checks that it will take no new calls soon. */
  public void drain() {
    if (draining.compareAndSet(false, true)) {
      health.enterTerminalState();
    }
  }

  /** Takes no new calls, lets those under way end for a moment, then ends them. */
  @Override
  public void close() {
    drain();
    server.shutdown();
    try {
      if (!server.awaitTermination(DRAIN_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        server.shutdownNow();
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    calls.shutdownNow();
  }

  private void listen(ListenAddress address, List<ServerServiceDefinition> services) {
    try {
      server.start();
    } catch (IOException e) {
      calls.shutdownNow();
      throw new UncheckedIOException(
          "cannot listen for gRPC on " + address.host() + ":" + address.port(), e);
    }
    for (ServerServiceDefinition service : services) {
      health.setStatus(service.getServiceDescriptor().getName(), ServingStatus.SERVING);
    }
  }
}
