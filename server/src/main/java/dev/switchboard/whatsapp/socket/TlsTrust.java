package dev.switchboard.whatsapp.socket;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Whose TLS certificates are trusted: one context, shared by all connections of a network. The host
 * name is always checked.
 */
public final class TlsTrust {
  private final SslContext context;

  private TlsTrust(SslContext context) {
    this.context = context;
  }

  /** The certificate authorities of this Java. */
  public static TlsTrust system() {
    return build(null);
  }

  /** Only the certificates of a PEM file. */
  public static TlsTrust pem(Path file) {
    return build(file);
  }

  private static TlsTrust build(@Nullable Path pem) {
    try {
      SslContextBuilder builder =
          SslContextBuilder.forClient()
              .sslProvider(provider())
              .endpointIdentificationAlgorithm("HTTPS");
      return new TlsTrust(
          pem == null ? builder.build() : builder.trustManager(pem.toFile()).build());
    } catch (SSLException | IllegalArgumentException e) {
      throw new SocketException(
          SocketException.Reason.NOT_TRUSTED, "cannot read the trusted certificates", e);
    }
  }

  /** The native provider holds a connection in fewer bytes and connects with less work. */
  private static SslProvider provider() {
    return OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
  }

  SslContext context() {
    return context;
  }
}
