package dev.switchboard.sandbox.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsIdentityTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  @TempDir Path folder;

  @Test
  void isForLoopbackAndNothingElse() throws IOException, GeneralSecurityException {
    X509Certificate certificate = read(TlsIdentity.openOrCreate(folder, NOW));
    certificate.verify(certificate.getPublicKey());
    certificate.checkValidity(Date.from(NOW));
    certificate.checkValidity(Date.from(NOW.plus(Duration.ofDays(3_000))));
    assertThat(certificate.getSubjectAlternativeNames())
        .extracting(name -> name.get(1).toString())
        .containsExactly("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    assertThat(certificate.getExtendedKeyUsage()).isEqualTo(List.of("1.3.6.1.5.5.7.3.1"));
    assertThat(certificate.getBasicConstraints()).isNotNegative();
  }

  @Test
  void keepsTheKeyFromOthers() throws IOException, GeneralSecurityException {
    TlsIdentity identity = TlsIdentity.openOrCreate(folder, NOW);
    assertThat(Files.getPosixFilePermissions(identity.privateKey()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void staysTheSameOverRestarts() throws IOException, GeneralSecurityException {
    X509Certificate first = read(TlsIdentity.openOrCreate(folder, NOW));
    assertThat(read(TlsIdentity.openOrCreate(folder, NOW.plusSeconds(60)))).isEqualTo(first);
  }

  private static X509Certificate read(TlsIdentity identity)
      throws IOException, GeneralSecurityException {
    try (InputStream pem = Files.newInputStream(identity.certificate())) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
    }
  }
}
