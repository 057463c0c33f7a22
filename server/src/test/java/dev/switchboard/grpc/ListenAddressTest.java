package dev.switchboard.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {
  private static final ListenAddress.Certificate CERTIFICATE =
      new ListenAddress.Certificate(Path.of("chain.pem"), Path.of("key.pem"));

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.3.2.1"})
  void letsLoopbackBePlaintext(String host) {
    assertThat(new ListenAddress(host, 0, null, false).socketAddress().isUnresolved()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
  void refusesPlaintextWhereOthersCanReach(String host) {
    assertThatThrownBy(() -> new ListenAddress(host, 9090, null, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(host)
        .hasMessageContaining("certificate");
  }

  @Test
  void takesAnyAddressWithACertificateOrTheExplicitWish() {
    assertThat(new ListenAddress("0.0.0.0", 9090, CERTIFICATE, false).host()).isEqualTo("0.0.0.0");
    assertThat(new ListenAddress("0.0.0.0", 9090, null, true).host()).isEqualTo("0.0.0.0");
  }

  @Test
  void namesTheAddressThatIsTaken() {
    ApiServices services = new TestGateway().services();
    try (GrpcServer first = GrpcServer.start(ListenAddress.loopback(0), services)) {
      ListenAddress taken = ListenAddress.loopback(first.port());
      assertThatThrownBy(() -> GrpcServer.start(taken, services))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("127.0.0.1:" + first.port());
    }
  }
}
