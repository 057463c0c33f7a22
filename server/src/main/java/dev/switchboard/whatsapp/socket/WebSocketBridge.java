package dev.switchboard.whatsapp.socket;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Upgrades one channel to a websocket, then hands its bytes to the listener. */
@SuppressWarnings("FutureReturnValueIgnored") // The end of the channel is what is listened to.
final class WebSocketBridge extends ChannelInboundHandlerAdapter {
  private final SocketListener listener;
  private final CompletableFuture<Void> opened = new CompletableFuture<>();

  /** Dropped when the upgrade is done: thousands of idle connections need no request headers. */
  private @Nullable WebSocketClientHandshaker handshaker;

  private @Nullable SocketEnd end;

  WebSocketBridge(SocketTarget target, SocketListener listener) {
    this.listener = listener;
    HttpHeaders headers = new DefaultHttpHeaders().set(HttpHeaderNames.ORIGIN, target.origin());
    handshaker =
        WebSocketClientHandshakerFactory.newHandshaker(
            target.url(), WebSocketVersion.V13, null, false, headers, target.maxFrameBytes());
  }

  /** Blocks the caller, never the event loop. */
  void awaitOpen(Channel channel, Duration timeout) throws InterruptedException {
    channel.closeFuture().addListener(closed -> gone());
    try {
      opened.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new SocketException(SocketException.Reason.UNREACHABLE, "no answer in time", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof SocketException known
          ? known
          : new SocketException(SocketException.Reason.UNREACHABLE, "cannot connect", e);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    WebSocketClientHandshaker upgrade = handshaker;
    if (event instanceof SslHandshakeCompletionEvent tls && upgrade != null) {
      if (tls.isSuccess()) {
        upgrade.handshake(context.channel());
      } else {
        refuse(context, reasonOf(tls.cause()), "the TLS handshake failed", tls.cause());
      }
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      WebSocketClientHandshaker upgrade = handshaker;
      if (upgrade != null && message instanceof FullHttpResponse answer) {
        handshaker = null;
        upgrade.finishHandshake(context.channel(), answer);
        opened.complete(null);
      } else if (message instanceof WebSocketFrame frame) {
        take(context, frame);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void take(ChannelHandlerContext context, WebSocketFrame frame) {
    if (frame instanceof BinaryWebSocketFrame || frame instanceof ContinuationWebSocketFrame) {
      if (!listener.received(ByteBufUtil.getBytes(frame.content()))) {
        context.channel().config().setAutoRead(false);
      }
    } else if (frame instanceof PingWebSocketFrame) {
      context.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
    } else if (frame instanceof CloseWebSocketFrame close) {
      // Kept with its code: the protocol handler of Netty would answer and drop it.
      int code = close.statusCode();
      end = new SocketEnd(code < 0 ? SocketEnd.ABNORMAL : code, "closed by the server");
      context.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (opened.isDone() && !opened.isCompletedExceptionally()) {
      listener.closed(end == null ? SocketEnd.abnormal("the connection is gone") : end);
    }
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (end == null) {
      end = SocketEnd.abnormal("the connection broke: " + cause.getClass().getSimpleName());
    }
    refuse(context, SocketException.Reason.UNREACHABLE, "the connection failed", cause);
  }

  /** A server that hangs up in the middle has said nothing about trust. */
  private static SocketException.Reason reasonOf(Throwable cause) {
    return cause instanceof SSLException && !(cause instanceof SslHandshakeTimeoutException)
        ? SocketException.Reason.NOT_TRUSTED
        : SocketException.Reason.UNREACHABLE;
  }

  private void refuse(
      ChannelHandlerContext context,
      SocketException.Reason reason,
      String message,
      @Nullable Throwable cause) {
    opened.completeExceptionally(new SocketException(reason, message, cause));
    context.close();
  }

  private void gone() {
    opened.completeExceptionally(
        new SocketException(
            SocketException.Reason.UNREACHABLE, "the server cannot be reached, or hung up"));
  }
}
