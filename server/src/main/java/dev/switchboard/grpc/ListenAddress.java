package dev.switchboard.grpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a surface listens, and how. Loopback needs nothing; any other address needs a certificate,
 * or the explicit wish to go without: keys and messages would cross the network readable.
 *
 * @param port 0 for any free one
 * @param certificate the certificate to show, or null for plaintext
 * @param plaintextAllowed whether plaintext is wanted on an address that others can reach
 */
public record ListenAddress(
    String host, int port, @Nullable Certificate certificate, boolean plaintextAllowed) {

  /** The two PEM files of a certificate: the chain, and the private key in PKCS #8. */
  public record Certificate(Path chain, Path key) {}

  public ListenAddress {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
    }
    if (certificate == null && !plaintextAllowed && !address(host).isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "refusing to listen on "
              + host
              + " without encryption: API keys and messages would be readable on the network."
              + " Give a certificate (chain and key as PEM files), or allow plaintext explicitly"
              + " if something in front of this server encrypts");
    }
  }

  /** Loopback, in plaintext. */
  public static ListenAddress loopback(int port) {
    return new ListenAddress("127.0.0.1", port, null, false);
  }

  public InetSocketAddress socketAddress() {
    return new InetSocketAddress(address(host), port);
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("cannot listen on '" + host + "': unknown host", e);
    }
  }
}
