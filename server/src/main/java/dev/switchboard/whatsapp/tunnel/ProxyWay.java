package dev.switchboard.whatsapp.tunnel;

import dev.switchboard.model.instance.Proxy;
import dev.switchboard.model.instance.Proxy.Credentials;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.proxy.Socks5ProxyHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;

/**
 * Through a proxy, and nowhere without it: Netty's handler connects to the proxy in the place of
 * the destination, whose address nobody here knows.
 */
final class ProxyWay implements Way {
  private final InetSocketAddress destination;
  private final ProxyHandler tunnel;
  private final AnswerLimit limit = new AnswerLimit();
  private final ProxyAnswers answers = new ProxyAnswers();
  private volatile boolean open;

  private ProxyWay(InetSocketAddress destination, ProxyHandler tunnel) {
    this.destination = destination;
    this.tunnel = tunnel;
  }

  static ProxyWay through(Proxy proxy, String host, int port, Duration patience)
      throws UnknownHostException {
    var address = new InetSocketAddress(InetAddress.getByName(proxy.host()), proxy.port());
    ProxyHandler tunnel =
        switch (proxy.scheme()) {
          case HTTP -> http(address, proxy.knownCredentials());
          case SOCKS5 -> socks5(address, proxy.knownCredentials());
        };
    tunnel.setConnectTimeoutMillis(patience.toMillis());
    return new ProxyWay(InetSocketAddress.createUnresolved(host, port), tunnel);
  }

  private static ProxyHandler http(InetSocketAddress proxy, Optional<Credentials> shown) {
    return shown.isPresent()
        ? new HttpProxyHandler(proxy, shown.get().username(), shown.get().password())
        : new HttpProxyHandler(proxy);
  }

  private static ProxyHandler socks5(InetSocketAddress proxy, Optional<Credentials> shown) {
    return shown.isPresent()
        ? new Socks5ProxyHandler(proxy, shown.get().username(), shown.get().password())
        : new Socks5ProxyHandler(proxy);
  }

  @Override
  public InetSocketAddress destination() {
    return destination;
  }

  @Override
  public void begin(ChannelPipeline pipeline) {
    pipeline.addLast(limit, tunnel);
    // The tunnel's handler has put its decoder before itself by now.
    pipeline.addBefore(pipeline.context(tunnel).name(), null, answers);
    tunnel
        .connectFuture()
        .addListener(opening -> {
          if (opening.isSuccess()) {
            opened(pipeline.channel());
          }
        });
  }

  /** An open tunnel needs no handlers; they would hold memory and the password. */
  private void opened(Channel channel) {
    open = true;
    // Later, since the handler is still at work when it tells this.
    channel
        .eventLoop()
        .execute(() -> {
          channel.pipeline().remove(limit);
          channel.pipeline().remove(answers);
          channel.pipeline().remove(tunnel);
        });
  }

  @Override
  public Optional<ProxyFault> fault() {
    return open ? Optional.empty() : Optional.of(answers.fault());
  }
}
