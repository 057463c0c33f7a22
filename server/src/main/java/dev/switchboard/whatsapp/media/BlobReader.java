package dev.switchboard.whatsapp.media;

import dev.switchboard.whatsapp.socket.SocketException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks one host for one thing and gathers its answer, as far as the limit goes. */
@SuppressWarnings("FutureReturnValueIgnored") // The end of the channel is what is listened to.
final class BlobReader extends ChannelInboundHandlerAdapter {
  private static final int OK = 200;

  /** Who asks with a right reference and gets these will get them everywhere. */
  private static final Set<Integer> GONE = Set.of(403, 404, 410);

  private final FullHttpRequest request;
  private final int limit;
  private final CompletableFuture<byte[]> answer = new CompletableFuture<>();
  private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();

  BlobReader(FullHttpRequest request, int limit) {
    this.request = request;
    this.limit = limit;
  }

  /** Blocks the caller, never the event loop. */
  byte[] await(Channel channel, Duration patience) throws InterruptedException {
    channel.closeFuture().addListener(_ -> unreachable("the host cannot be reached, or hung up"));
    try {
      return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new MediaException(MediaFault.TIMED_OUT, "no answer in time");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case MediaException known -> throw known;
        case SocketException known -> throw known;
        case null, default -> throw new IllegalStateException("an end that nobody told", e);
      }
    } finally {
      channel.close();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent tls) {
      if (tls.isSuccess()) {
        context.writeAndFlush(request);
      } else {
        answer.completeExceptionally(
            new SocketException(
                SocketException.Reason.NOT_TRUSTED, "the TLS handshake failed", tls.cause()));
        context.close();
      }
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (!(message instanceof HttpObject part) || part.decoderResult().isFailure()) {
        throw new MediaException(MediaFault.HOST_FAILED, "no answer of HTTP");
      }
      if (part instanceof HttpResponse head) {
        begin(head);
      }
      if (part instanceof HttpContent content) {
        gather(content);
      }
    } catch (MediaException e) {
      answer.completeExceptionally(e);
      context.close();
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void begin(HttpResponse head) {
    int status = head.status().code();
    if (status != OK) {
      throw new MediaException(
          GONE.contains(status) ? MediaFault.GONE : MediaFault.HOST_FAILED, "HTTP " + status);
    }
    String length = head.headers().get(HttpHeaderNames.CONTENT_LENGTH, "0");
    if (length.length() > 18 || Long.parseLong(length) > limit) {
      throw new MediaException(MediaFault.TOO_LARGE, "the host announces more than is taken");
    }
  }

  private void gather(HttpContent content) {
    int length = content.content().readableBytes();
    if (gathered.size() + length > limit) {
      throw new MediaException(MediaFault.TOO_LARGE, "more than is taken");
    }
    try {
      content.content().readBytes(gathered, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (content instanceof LastHttpContent) {
      answer.complete(gathered.toByteArray());
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof ReadTimeoutException) {
      answer.completeExceptionally(
          new MediaException(MediaFault.TIMED_OUT, "the host fell silent"));
    }
    unreachable("the connection failed: " + cause.getClass().getSimpleName());
    context.close();
  }

  private void unreachable(String detail) {
    answer.completeExceptionally(new SocketException(SocketException.Reason.UNREACHABLE, detail));
  }
}
