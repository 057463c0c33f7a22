package dev.switchboard.whatsapp.socket;

import dev.switchboard.model.instance.Proxy;
import dev.switchboard.model.instance.Route;
import dev.switchboard.whatsapp.tunnel.ProxyFault;
import dev.switchboard.whatsapp.tunnel.Way;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.resolver.NoopAddressResolverGroup;
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
   * Connects by this route and no other, upgrades and returns when the websocket is open.
   *
   * @throws SocketException when that fails or takes too long; nothing stays open then
   */
  public SocketLink dial(SocketTarget target, Route route, SocketListener listener)
      throws InterruptedException {
    Way way = way(target, route);
    try {
      return dial(target, way, listener);
    } catch (SocketException e) {
      throw way.fault().map(fault -> ofProxy(fault, e)).orElse(e);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The end of the channel is what is listened to.
  private SocketLink dial(SocketTarget target, Way way, SocketListener listener)
      throws InterruptedException {
    var bridge = new WebSocketBridge(target, listener);
    // The bridge is told of a failure as of any other end of the channel.
    Channel channel = bootstrap(target, way, bridge).connect(way.destination()).channel();
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

  /** Looks names up here, on the caller's thread: a slow resolver must not hold up a loop. */
  private static Way way(SocketTarget target, Route route) {
    try {
      return Way.along(route, target.host(), target.port(), target.connectTimeout());
    } catch (UnknownHostException e) {
      throw switch (route) {
        case Route.Direct ignored ->
            new SocketException(SocketException.Reason.UNREACHABLE, "the host is not known", e);
        case Proxy ignored ->
            new SocketException(
                SocketException.Reason.PROXY_UNAVAILABLE, "the proxy's host is not known", e);
      };
    }
  }

  private static SocketException ofProxy(ProxyFault fault, SocketException cause) {
    return switch (fault.kind()) {
      case UNAVAILABLE ->
          new SocketException(SocketException.Reason.PROXY_UNAVAILABLE, fault.detail(), cause);
      case REFUSED ->
          new SocketException(SocketException.Reason.PROXY_REFUSED, fault.detail(), cause);
    };
  }

  private Bootstrap bootstrap(SocketTarget target, Way way, WebSocketBridge bridge) {
    return new Bootstrap()
        .group(loops.group())
        .channel(NioSocketChannel.class)
        .resolver(NoopAddressResolverGroup.INSTANCE) // What is not looked up is the proxy's to ask.
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis(target.connectTimeout()))
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                way.begin(channel.pipeline());
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
