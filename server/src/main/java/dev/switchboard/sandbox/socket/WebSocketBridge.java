package dev.switchboard.sandbox.socket;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a virtual thread per websocket and hands it what arrives. */
final class WebSocketBridge extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(WebSocketBridge.class);

  private final SocketLimits limits;
  private final ByteLinkHandler handler;
  private final ServingThreads threads;
  private @Nullable ChannelByteLink link;

  WebSocketBridge(SocketLimits limits, ByteLinkHandler handler, ServingThreads threads) {
    this.limits = limits;
    this.handler = handler;
    this.threads = threads;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
      var started = new ChannelByteLink(context.channel(), limits);
      link = started;
      threads.start("sandbox-connection", () -> serve(started));
    }
    context.fireUserEventTriggered(event);
  }

  private void serve(ChannelByteLink started) {
    try {
      handler.serve(started);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.warn("a connection of the sandbox failed", e);
    } finally {
      started.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof WebSocketFrame frame)) {
      context.fireChannelRead(message);
      return;
    }
    try {
      if (link != null && frame instanceof BinaryWebSocketFrame) {
        link.arrived(ByteBufUtil.getBytes(frame.content()));
      }
    } finally {
      frame.release();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (link != null) {
      link.ended();
    }
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    log.debug("a connection of the sandbox broke: {}", cause.toString());
    var _ = context.close();
  }
}
