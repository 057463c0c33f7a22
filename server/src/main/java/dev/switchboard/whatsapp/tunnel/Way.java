package dev.switchboard.whatsapp.tunnel;

import dev.switchboard.model.instance.Proxy;
import dev.switchboard.model.instance.Route;
import io.netty.channel.ChannelPipeline;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;

/** The way of one connection to one server, along a route. */
public sealed interface Way permits DirectWay, ProxyWay {
  /**
   * The way along the route. Blocks while the first host on it is looked up: the server's own name
   * only where there is no proxy.
   *
   * @param patience how long a proxy may take to open the tunnel
   * @throws UnknownHostException when the first host has no address
   */
  static Way along(Route route, String host, int port, Duration patience)
      throws UnknownHostException {
    return switch (route) {
      case Route.Direct ignored -> DirectWay.to(host, port);
      case Proxy proxy -> ProxyWay.through(proxy, host, port, patience);
    };
  }

  /**
   * What is to be connected to. Nothing may look up its name: a proxy's tunnel takes it as it is,
   * and without the tunnel it leads nowhere.
   */
  InetSocketAddress destination();

  /** Puts into the channel's empty pipeline what comes below TLS. */
  void begin(ChannelPipeline pipeline);

  /** What the proxy did to a connection that did not come about, if it was the proxy. */
  Optional<ProxyFault> fault();
}
