package dev.switchboard.whatsapp.tunnel;

import io.netty.channel.ChannelPipeline;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** With nothing of ours in between. */
record DirectWay(InetSocketAddress destination) implements Way {
  static DirectWay to(String host, int port) throws UnknownHostException {
    return new DirectWay(new InetSocketAddress(InetAddress.getByName(host), port));
  }

  @Override
  public void begin(ChannelPipeline pipeline) {}

  @Override
  public Optional<ProxyFault> fault() {
    return Optional.empty();
  }
}
