package dev.switchboard.egress;

import static dev.switchboard.egress.CourierBench.courier;
import static dev.switchboard.egress.CourierBench.parcel;
import static dev.switchboard.egress.CourierBench.trusting;
import static dev.switchboard.egress.ScriptedReceiver.saying;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.proxy.NamedCertificate;
import dev.switchboard.webhook.Outcome;
import dev.switchboard.webhook.Outcome.Cause;
import dev.switchboard.webhook.Outcome.Unreached;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receivers over TLS: the name of the URL counts, and no other. */
class CertifiedReceiversTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final char[] PASSWORD = "changeit".toCharArray();

  private static KeyStore keys;
  private static X509Certificate issuer;

  private final List<SNIServerName> asked = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void certify(@TempDir Path directory) throws Exception {
    NamedCertificate.write(directory, "receiver.example");
    keys = KeyStore.getInstance("PKCS12");
    try (InputStream input = Files.newInputStream(directory.resolve("named.p12"))) {
      keys.load(input, PASSWORD);
    }
    issuer = (X509Certificate) keys.getCertificate("sandbox");
  }

  @Test
  void asksForTheNameAndTakesItsCertificate() throws Exception {
    try (var receiver = start();
        HttpCourier courier = trusting(issuer)) {
      String place = "receiver.example:" + receiver.port();
      Outcome outcome = courier.deliver(parcel("https://" + place + "/a"));
      assertThat(outcome.success()).isTrue();
      assertThat(asked).hasToString("[type=host_name (0), value=receiver.example]");
      assertThat(receiver.requests().getFirst().header("host")).isEqualTo(place);
      courier.deliver(parcel("https://" + place + "/b"));
      assertThat(receiver.accepted()).isEqualTo(1);
    }
  }

  @Test
  void refusesACertificateOfAnotherName() throws Exception {
    try (var receiver = start();
        HttpCourier courier = trusting(issuer)) {
      for (String host : List.of("other.example", "a.receiver.example", "example", "127.0.0.1")) {
        Outcome outcome = courier.deliver(parcel("https://" + host + ":" + receiver.port() + "/"));
        assertThat(((Unreached) outcome).cause()).isEqualTo(Cause.TLS_FAILED);
      }
      assertThat(receiver.requests()).isEmpty();
      Eventually.until("no connection is left", () -> receiver.open() == 0);
      assertThat(courier.openConnections()).isZero();
    }
  }

  @Test
  void refusesACertificateThatNobodyVouchesFor() throws Exception {
    try (var receiver = start();
        HttpCourier courier = courier()) {
      Outcome outcome =
          courier.deliver(parcel("https://receiver.example:" + receiver.port() + "/"));
      assertThat(outcome)
          .isEqualTo(
              new Unreached(
                  Cause.TLS_FAILED,
                  "the certificate is not of this name, or nobody vouches for it"));
      assertThat(receiver.requests()).isEmpty();
    }
  }

  @Test
  void saysThatThereIsNoTlsWhereThereIsNone() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, ScriptedReceiver.LOOPBACK);
        HttpCourier courier = courier()) {
      Thread.ofVirtual().start(() -> answerPlainly(server));
      Outcome outcome =
          courier.deliver(parcel("https://receiver.example:" + server.getLocalPort() + "/"));
      assertThat(((Unreached) outcome).cause()).isEqualTo(Cause.TLS_FAILED);
    }
  }

  private static void answerPlainly(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket.getOutputStream().write(OK.getBytes(US_ASCII));
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The other side has seen enough.
    }
  }

  /** A receiver that was repaired is reached by the next attempt. */
  @Test
  void remembersNoFailure() throws Exception {
    try (var receiver = start();
        HttpCourier courier = trusting(issuer)) {
      String end = ":" + receiver.port() + "/";
      assertThat(courier.deliver(parcel("https://other.example" + end)).success()).isFalse();
      assertThat(courier.deliver(parcel("https://receiver.example" + end)).success()).isTrue();
    }
  }

  private ScriptedReceiver start() throws Exception {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    ServerSocket server =
        tls.getServerSocketFactory().createServerSocket(0, 50, ScriptedReceiver.LOOPBACK);
    return new ScriptedReceiver(server, this::answer);
  }

  private void answer(ScriptedReceiver.Request request, Socket socket)
      throws IOException, InterruptedException {
    if (asked.isEmpty()) {
      asked.addAll(
          ((ExtendedSSLSession) ((SSLSocket) socket).getSession()).getRequestedServerNames());
    }
    saying(OK).answer(request, socket);
  }
}
