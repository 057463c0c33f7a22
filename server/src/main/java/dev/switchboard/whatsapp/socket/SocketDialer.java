package dev.switchboard.whatsapp.socket;

import dev.switchboard.model.instance.Route;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;

/** Opens websockets. Stateless: one for all accounts of a network. */
public final class SocketDialer {
  private static final int MAX_UPGRADE_ANSWER_BYTES = 16_384;

  private final ChannelDialer channels;

  public SocketDialer(SocketLoops loops, TlsTrust trust) {
    this.channels = new ChannelDialer(loops, trust);
  }

  /**
   * Connects by this route and no other, upgrades and returns when the websocket is open.
   *
   * @throws SocketException when that fails or takes too long; nothing stays open then
   */
  public SocketLink dial(SocketTarget target, Route route, SocketListener listener)
      throws InterruptedException {
    var bridge = new WebSocketBridge(target, listener);
    ChannelDialer.Dialled dialled =
        channels.dial(
            route,
            target.host(),
            target.port(),
            target.connectTimeout(),
            pipeline ->
                pipeline
                    .addLast(new HttpClientCodec())
                    .addLast(new HttpObjectAggregator(MAX_UPGRADE_ANSWER_BYTES))
                    .addLast(bridge));
    try {
      return open(target, dialled.channel(), bridge);
    } catch (SocketException e) {
      throw dialled.explain(e);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The end of the channel is what is listened to.
  private static SocketLink open(SocketTarget target, Channel channel, WebSocketBridge bridge)
      throws InterruptedException {
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
}
