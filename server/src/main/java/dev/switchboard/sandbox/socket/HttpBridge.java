package dev.switchboard.sandbox.socket;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers plain HTTP requests on virtual threads; one request per connection. */
final class HttpBridge extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger log = LoggerFactory.getLogger(HttpBridge.class);

  private final HttpRequestHandler handler;
  private final ServingThreads threads;

  HttpBridge(HttpRequestHandler handler, ServingThreads threads) {
    this.handler = handler;
    this.threads = threads;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    String method = request.method().name();
    String[] uri = request.uri().split("\\?", 2);
    String query = uri.length > 1 ? uri[1] : "";
    String body = request.content().toString(StandardCharsets.UTF_8);
    var asked = new HttpRequestHandler.Request(method, uri[0], query, body);
    threads.start(
        "sandbox-request", () -> answer(asked).ifPresent(answer -> write(context, answer)));
  }

  private Optional<HttpAnswer> answer(HttpRequestHandler.Request request) {
    try {
      return handler.answer(request);
    } catch (RuntimeException e) {
      log.warn("a request to the sandbox failed", e);
      return Optional.of(HttpAnswer.text(500, "failed"));
    }
  }

  private static void write(ChannelHandlerContext context, HttpAnswer answer) {
    var content = Unpooled.wrappedBuffer(answer.body());
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()), content);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, answer.type())
        .set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes())
        .set(HttpHeaderNames.CONNECTION, "close");
    context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    log.debug("a request to the sandbox broke: {}", cause.toString());
    var _ = context.close();
  }
}
