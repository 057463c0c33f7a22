package dev.switchboard.whatsapp.socket;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/** Opens websockets. Stateless: one for all accounts of a network. */
public final class SocketDialer {
  private static final int MAX_UPGRADE_ANSWER_BYTES = 16_384;

  private final SocketLoops loops;
  private final TlsTrust trust;

  public SocketDialer(SocketLoops loops, TlsTrust trust) {
    this.loops = loops;
    this.trust = trust;
  }

  /**
   * Connects, upgrades and returns when the websocket is open.
   *
   * @throws SocketException when that fails or takes too long; nothing stays open then
   */
  @SuppressWarnings("FutureReturnValueIgnored") // The end of the channel is what is listened to.
  public SocketLink dial(SocketTarget target, SocketListener listener) throws InterruptedException {
    var bridge = new WebSocketBridge(target, listener);
    // The bridge is told of a failure as of any other end of the channel.
    Channel channel = bootstrap(target, bridge).connect(address(target)).channel();
    boolean open = false;
    try {
      bridge.awaitOpen(channel, target.connectTimeout());
      open = true;
      return new SocketLink(channel, target.writeTimeout());
    } finally {
      if (!open) {
        channel.close();
      }
    }
  }

  /** Resolved here, on the caller's thread: a slow resolver must not hold up an event loop. */
  private static InetSocketAddress address(SocketTarget target) {
    try {
      return new InetSocketAddress(InetAddress.getByName(target.host()), target.port());
    } catch (UnknownHostException e) {
      throw new SocketException(SocketException.Reason.UNREACHABLE, "the host is not known", e);
    }
  }

  private Bootstrap bootstrap(SocketTarget target, WebSocketBridge bridge) {
    return new Bootstrap()
        .group(loops.group())
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis(target.connectTimeout()))
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                channel
                    .pipeline()
                    .addLast(
                        trust.context().newHandler(channel.alloc(), target.host(), target.port()))
                    .addLast(new HttpClientCodec())
                    .addLast(new HttpObjectAggregator(MAX_UPGRADE_ANSWER_BYTES))
                    .addLast(bridge);
              }
            });
  }

  private static int millis(Duration duration) {
    return (int) Math.min(Integer.MAX_VALUE, duration.toMillis());
  }
}
