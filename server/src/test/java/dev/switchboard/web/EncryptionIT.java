package dev.switchboard.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.grpc.GrpcServer;
import dev.switchboard.grpc.ListenAddress;
import dev.switchboard.grpc.TestGateway;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both surfaces with a certificate, which the JDK's own tool makes. */
@Timeout(180)
class EncryptionIT {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String ALIAS = "server";

  private final TestGateway gateway = new TestGateway();
  private final KeyStore keys;
  private final ListenAddress address;

  EncryptionIT(@TempDir Path folder) throws Exception {
    keys = generate(folder.resolve("keys.p12"));
    Path chain = folder.resolve("chain.pem");
    Path key = folder.resolve("key.pem");
    Files.writeString(chain, pem("CERTIFICATE", certificate().getEncoded()));
    Files.writeString(key, pem("PRIVATE KEY", keys.getKey(ALIAS, PASSWORD).getEncoded()));
    address = new ListenAddress("0.0.0.0", 0, new ListenAddress.Certificate(chain, key), false);
  }

  @Test
  void servesGrpcEncryptedOnly() throws Exception {
    try (GrpcServer server = GrpcServer.start(address, gateway.services())) {
      ManagedChannel encrypted =
          NettyChannelBuilder.forAddress("localhost", server.port())
              .sslContext(GrpcSslContexts.forClient().trustManager(trust()).build())
              .build();
      ManagedChannel plain =
          NettyChannelBuilder.forAddress("localhost", server.port()).usePlaintext().build();
      try {
        HealthGrpc.newBlockingV2Stub(encrypted).check(HealthCheckRequest.getDefaultInstance());
        assertThatThrownBy(() ->
                HealthGrpc.newBlockingV2Stub(plain).check(HealthCheckRequest.getDefaultInstance()))
            .hasMessageContaining("UNAVAILABLE");
      } finally {
        encrypted.shutdownNow();
        plain.shutdownNow();
      }
    }
  }

  @Test
  void servesHttpEncryptedOnly() throws Exception {
    WebConfig config = new WebConfig(address, List.of(), 1);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust().getTrustManagers(), null);
    try (WebServer server =
            WebServer.start(config, gateway.services(), gateway.metrics(), () -> true);
        HttpClient http = HttpClient.newBuilder().sslContext(context).build()) {
      var answer = http.send(request("https", server.port()), BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("strict-transport-security")).isPresent();
      assertThatThrownBy(() -> http.send(request("http", server.port()), BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
    }
  }

  private static HttpRequest request(String scheme, int port) {
    return HttpRequest.newBuilder(URI.create(scheme + "://localhost:" + port + "/healthz")).build();
  }

  private Certificate certificate() throws Exception {
    return keys.getCertificate(ALIAS);
  }

  private TrustManagerFactory trust() throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, PASSWORD);
    trusted.setCertificateEntry(ALIAS, certificate());
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return factory;
  }

  private static KeyStore generate(Path file) throws Exception {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> command =
        List.of(
            keytool.toString(),
            "-genkeypair",
            "-alias",
            ALIAS,
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost",
            "-ext",
            "SAN=DNS:localhost,IP:127.0.0.1",
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-keystore",
            file.toString(),
            "-storepass",
            new String(PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    try (var in = Files.newInputStream(file)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD);
      return keys;
    }
  }

  private static String pem(String kind, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, base64);
  }
}
