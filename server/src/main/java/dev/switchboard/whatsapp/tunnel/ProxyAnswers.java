package dev.switchboard.whatsapp.tunnel;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.socksx.v5.Socks5AuthMethod;
import io.netty.handler.codec.socksx.v5.Socks5CommandResponse;
import io.netty.handler.codec.socksx.v5.Socks5CommandStatus;
import io.netty.handler.codec.socksx.v5.Socks5InitialResponse;
import io.netty.handler.codec.socksx.v5.Socks5PasswordAuthResponse;
import io.netty.handler.codec.socksx.v5.Socks5PasswordAuthStatus;
import java.util.Set;

/**
 * Reads along what a proxy answers: Netty's handlers fail without a type that tells wrong
 * credentials from anything else.
 */
final class ProxyAnswers extends ChannelInboundHandlerAdapter {
  private static final String SILENT = "the proxy cannot be reached, or does not answer as one";

  /** Unauthorized, forbidden, proxy authentication required. */
  private static final Set<Integer> HTTP_REFUSALS = Set.of(401, 403, 407);

  private static final int HTTP_OK = 200;

  private volatile ProxyFault fault = new ProxyFault(ProxyFault.Kind.UNAVAILABLE, SILENT);

  /** Why there is no tunnel, as far as the answers go. */
  ProxyFault fault() {
    return fault;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    switch (message) {
      case HttpResponse answer when answer.decoderResult().isSuccess() -> http(answer);
      case Socks5InitialResponse answer when answer.decoderResult().isSuccess() -> method(answer);
      case Socks5PasswordAuthResponse answer when answer.decoderResult().isSuccess() ->
          password(answer);
      case Socks5CommandResponse answer when answer.decoderResult().isSuccess() -> command(answer);
      default -> {} // Not an answer, or not one that can be read.
    }
    context.fireChannelRead(message);
  }

  private void http(HttpResponse answer) {
    int code = answer.status().code();
    if (HTTP_REFUSALS.contains(code)) {
      refused("HTTP " + code);
    } else if (code != HTTP_OK) {
      unavailable("HTTP " + code);
    }
  }

  private void method(Socks5InitialResponse answer) {
    if (answer.authMethod().equals(Socks5AuthMethod.UNACCEPTED)) {
      refused("SOCKS5 knows no method for these credentials");
    }
  }

  private void password(Socks5PasswordAuthResponse answer) {
    if (!answer.status().equals(Socks5PasswordAuthStatus.SUCCESS)) {
      refused("SOCKS5 took no username and password");
    }
  }

  private void command(Socks5CommandResponse answer) {
    Socks5CommandStatus status = answer.status();
    if (status.equals(Socks5CommandStatus.FORBIDDEN)) {
      refused("SOCKS5 reply " + status.byteValue());
    } else if (!status.isSuccess()) {
      unavailable("SOCKS5 reply " + status.byteValue());
    }
  }

  private void refused(String answer) {
    fault = new ProxyFault(ProxyFault.Kind.REFUSED, "the proxy refused: " + answer);
  }

  private void unavailable(String answer) {
    fault = new ProxyFault(ProxyFault.Kind.UNAVAILABLE, "the proxy opened no way: " + answer);
  }
}
