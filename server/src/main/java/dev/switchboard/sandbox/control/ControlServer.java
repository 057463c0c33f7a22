package dev.switchboard.sandbox.control;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The listener of the control service: on loopback only, without a key. */
public final class ControlServer implements AutoCloseable {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  private final Server server;
  private final ExecutorService calls;

  private ControlServer(Server server, ExecutorService calls) {
    this.server = server;
    this.calls = calls;
  }

  /** Listens; port 0 is any free one. */
  public static ControlServer start(int port, BindableService service) throws IOException {
    ExecutorService calls =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("control-", 0).factory());
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .executor(calls)
            .addService(service)
            .addService(ProtoReflectionServiceV1.newInstance())
            .build();
    try {
      return new ControlServer(server.start(), calls);
    } catch (IOException e) {
      calls.shutdownNow();
      throw e;
    }
  }

  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      if (!server.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("the control service did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    calls.shutdownNow();
  }
}
