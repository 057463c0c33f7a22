package dev.switchboard.testing.proxy;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

/** A self-signed certificate for a name that nobody can look up, made by the JDK's keytool. */
public final class NamedCertificate {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final Base64.Encoder PEM =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private NamedCertificate() {}

  /** Puts it where a sandbox of the directory finds it and takes it for its own. */
  public static void write(Path directory, String host) throws Exception {
    Path store = directory.resolve("named.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "sandbox",
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-ext",
                "SAN=dns:localhost,dns:" + host,
                "-ext",
                "BC:critical=ca:true",
                "-storetype",
                "PKCS12",
                "-storepass",
                String.valueOf(PASSWORD),
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    keytool.getInputStream().transferTo(OutputStream.nullOutputStream());
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException("keytool failed");
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream input = Files.newInputStream(store)) {
      keys.load(input, PASSWORD);
    }
    pem(
        directory.resolve("tls-key.pem"),
        "PRIVATE KEY",
        keys.getKey("sandbox", PASSWORD).getEncoded());
    pem(
        directory.resolve("certificate.pem"),
        "CERTIFICATE",
        keys.getCertificate("sandbox").getEncoded());
  }

  private static void pem(Path file, String label, byte[] encoded) throws Exception {
    Files.writeString(
        file,
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(label, PEM.encodeToString(encoded), label));
  }
}
