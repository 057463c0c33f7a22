package dev.switchboard.whatsapp.socket;

import dev.switchboard.model.instance.Proxy;
import dev.switchboard.model.instance.Route;
import dev.switchboard.whatsapp.tunnel.ProxyFault;
import dev.switchboard.whatsapp.tunnel.Way;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.NoopAddressResolverGroup;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Begins TLS connections by an account's route and no other. Stateless: one for all accounts of a
 * network.
 */
public final class ChannelDialer {
  private final SocketLoops loops;
  private final TlsTrust trust;

  public ChannelDialer(SocketLoops loops, TlsTrust trust) {
    this.loops = loops;
    this.trust = trust;
  }

  /** A connection that was begun. */
  public static final class Dialled {
    private final Channel channel;
    private final Way way;

    private Dialled(Channel channel, Way way) {
      this.channel = channel;
      this.way = way;
    }

    /** Its handlers are told of a failure as of any other end. */
    public Channel channel() {
      return channel;
    }

    /** The failure as the proxy's, if it was the proxy that failed. */
    public SocketException explain(SocketException failure) {
      return way.fault().map(fault -> ofProxy(fault, failure)).orElse(failure);
    }
  }

  /**
   * Begins to connect; blocks only while the first host on the way is looked up.
   *
   * @param above puts into the pipeline what comes above TLS
   * @throws SocketException when the first host on the way is not known
   */
  public Dialled dial(
      Route route, String host, int port, Duration patience, Consumer<ChannelPipeline> above) {
    Way way = way(route, host, port, patience);
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loops.group())
            .channel(NioSocketChannel.class)
            // What is not looked up is the proxy's to ask.
            .resolver(NoopAddressResolverGroup.INSTANCE)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis(patience))
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    way.begin(channel.pipeline());
                    channel
                        .pipeline()
                        .addLast(trust.context().newHandler(channel.alloc(), host, port));
                    above.accept(channel.pipeline());
                  }
                });
    return new Dialled(bootstrap.connect(way.destination()).channel(), way);
  }

  /** Looks names up here, on the caller's thread: a slow resolver must not hold up a loop. */
  private static Way way(Route route, String host, int port, Duration patience) {
    try {
      return Way.along(route, host, port, patience);
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

  private static int millis(Duration duration) {
    return (int) Math.min(Integer.MAX_VALUE, duration.toMillis());
  }
}
