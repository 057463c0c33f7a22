package dev.switchboard.whatsapp.socket;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/** The few platform threads that all websockets share. */
public final class SocketLoops implements AutoCloseable {
  private static final long QUIET_MILLIS = 0;
  private static final long CLOSE_MILLIS = 2_000;

  private final EventLoopGroup group;

  public SocketLoops(int threads) {
    group =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory("whatsapp-socket", true), NioIoHandler.newFactory());
  }

  EventLoopGroup group() {
    return group;
  }

  @Override
  public void close() {
    group
        .shutdownGracefully(QUIET_MILLIS, CLOSE_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(2 * CLOSE_MILLIS);
  }
}
