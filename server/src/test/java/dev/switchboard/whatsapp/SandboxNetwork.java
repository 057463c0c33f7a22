package dev.switchboard.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.model.Peer;
import dev.switchboard.sandbox.Sandbox;
import dev.switchboard.sandbox.SandboxConfig;
import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.whatsapp.socket.SocketLoops;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A sandbox and the accounts of the engine that live in it; closing ends them all. */
final class SandboxNetwork implements AutoCloseable {
  private static final int ALWAYS = 1_000;

  final Sandbox sandbox;
  final SocketLoops loops = new SocketLoops(1);
  private final Deque<EngineDriver> drivers = new ArrayDeque<>();

  SandboxNetwork(Path folder) {
    this(SandboxConfig.in(folder));
  }

  SandboxNetwork(SandboxConfig config) {
    sandbox = Sandbox.open(config);
  }

  WhatsAppConfig config() {
    return config(sandbox.port());
  }

  /** As seen through another port, that of something in between. */
  WhatsAppConfig config(int port) {
    return config("localhost", port);
  }

  WhatsAppConfig config(String host, int port) {
    return WhatsAppConfig.of(
        URI.create("wss://" + host + ":" + port + "/ws/chat"),
        HexFormat.of().formatHex(sandbox.noiseRootKey()),
        Optional.of(sandbox.certificate()));
  }

  EngineDriver account(String name) {
    return account(name, UnaryOperator.identity());
  }

  EngineDriver account(String name, UnaryOperator<WhatsAppConfig> change) {
    EngineDriver driver = new EngineDriver(name, change.apply(config()), loops);
    drivers.push(driver);
    return driver;
  }

  /** Starts an account, has its code scanned and waits until it is logged in. */
  Peer link(EngineDriver driver) throws Exception {
    driver.start();
    scan(driver.awaitQr().text());
    driver.awaitPaired();
    return driver.awaitLoggedIn();
  }

  void scan(String qr) throws IOException, InterruptedException, GeneralSecurityException {
    assertThat(tryToScan(qr)).isEqualTo(200);
  }

  /** The status of the scan. */
  int tryToScan(String qr) throws IOException, InterruptedException, GeneralSecurityException {
    try (HttpClient http = HttpClient.newBuilder().sslContext(trusting()).build()) {
      URI uri = URI.create("https://localhost:" + sandbox.port() + "/admin/mock-phone/scan-qr");
      HttpRequest request =
          HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(qr)).build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  void always(Fault fault) {
    sandbox.faults().arm(fault, ALWAYS, 0);
  }

  void once(Fault fault, int code) {
    sandbox.faults().arm(fault, 1, code);
  }

  private SSLContext trusting() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream pem = Files.newInputStream(sandbox.certificate())) {
      store.setCertificateEntry(
          "sandbox", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Override
  public void close() {
    drivers.forEach(EngineDriver::close);
    loops.close();
    sandbox.close();
  }
}
