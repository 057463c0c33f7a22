package dev.switchboard.sandbox.socket;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;

/**
 * The sandbox's TLS certificate and key, kept as PEM in the data directory so that clients which
 * trusted it once go on doing so after a restart.
 */
public record TlsIdentity(Path certificate, Path privateKey) {
  private static final Base64.Encoder PEM_BODY =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  /** Reads the identity of the directory, or makes one valid from {@code now}. */
  public static TlsIdentity openOrCreate(Path directory, Instant now)
      throws IOException, GeneralSecurityException {
    var identity =
        new TlsIdentity(directory.resolve("certificate.pem"), directory.resolve("tls-key.pem"));
    // The certificate is moved into place last: with it there, the key is there too.
    if (!Files.exists(identity.certificate)) {
      identity.write(SelfSignedCertificate.create(now));
    }
    return identity;
  }

  SslContext serverContext() throws IOException {
    return SslContextBuilder.forServer(certificate.toFile(), privateKey.toFile())
        .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
        .sessionCacheSize(64)
        .build();
  }

  private void write(SelfSignedCertificate made) throws IOException {
    writePem(privateKey, "PRIVATE KEY", made.keys().getPrivate().getEncoded());
    writePem(certificate, "CERTIFICATE", made.encoded());
  }

  private static void writePem(Path target, String label, byte[] encoded) throws IOException {
    Path fresh = target.resolveSibling(target.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    String text =
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(label, PEM_BODY.encodeToString(encoded), label);
    try (var channel = Files.newByteChannel(fresh, options, ownerOnly)) {
      var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
    Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
  }
}
