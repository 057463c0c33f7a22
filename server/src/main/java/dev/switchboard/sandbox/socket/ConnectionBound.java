package dev.switchboard.sandbox.socket;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** Turns websockets away when as many as allowed are open. */
final class ConnectionBound extends ChannelInboundHandlerAdapter {
  private final ChannelGroup open;
  private final SocketLimits limits;
  private final String path;

  ConnectionBound(ChannelGroup open, SocketLimits limits, String path) {
    this.open = open;
    this.limits = limits;
    this.path = path;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof FullHttpRequest request
        && request.uri().startsWith(path)
        && open.size() > limits.connections()) {
      request.release();
      var refusal =
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SERVICE_UNAVAILABLE);
      refusal.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
      context.writeAndFlush(refusal).addListener(ChannelFutureListener.CLOSE);
      return;
    }
    context.fireChannelRead(message);
  }
}
